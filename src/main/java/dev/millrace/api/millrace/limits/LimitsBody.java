package dev.millrace.api.millrace.limits;

import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.limits.LimitStanding;
import dev.millrace.limits.LimitStanding.Whose;
import dev.millrace.limits.LimitStandings;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may be used, and what is used of it now.
 *
 * @param limits every limit; the other members tell again of some of them, each in the form of its kind
 */
record LimitsBody(
        String object,
        String plan,
        List<LimitBody> limits,
        @Nullable RateBody key_requests,
        List<RuleBody> rules,
        JobsBody jobs) {
    static LimitsBody of(LimitStandings.Shown shown) {
        List<LimitStanding> all = shown.limits();
        Rule requests = Rule.all(Measure.REQUESTS);
        // A key's own rule of the same name comes before this number, which stands behind the rules.
        LimitStanding usual = all.stream()
                .filter(one -> one.whose() == Whose.KEY && one.source() != LimitStanding.Source.KEY)
                .filter(one -> one.rule().equals(requests))
                .findFirst()
                .orElse(null);
        return new LimitsBody(
                "limits",
                shown.plan(),
                all.stream().map(LimitBody::of).toList(),
                usual == null ? null : RateBody.of(usual),
                all.stream()
                        .filter(one -> one.rule().measure().perMinute() && !one.equals(usual))
                        .map(RuleBody::of)
                        .toList(),
                JobsBody.of(all));
    }

    /**
     * One limit.
     *
     * @param of whose use is counted: {@code organization} or {@code key}
     * @param measure the field of a plan that says it, as {@code tokens_per_minute}
     * @param source who says it: {@code installation}, {@code plan}, {@code organization} or {@code key}
     * @param reset_seconds how long until all of it is there again; null where it comes back as something ends
     */
    record LimitBody(
            String of,
            String measure,
            @Nullable String modality,
            @Nullable String model,
            String source,
            long limit,
            long used,
            long remaining,
            @Nullable Long reset_seconds) {
        static LimitBody of(LimitStanding one) {
            return new LimitBody(
                    word(one.whose()),
                    one.rule().measure().field(),
                    orNull(one.rule().modality()),
                    orNull(one.rule().model()),
                    word(one.source()),
                    one.limit(),
                    one.used(),
                    one.remaining(),
                    one.resetsIn() == null ? null : Long.valueOf(one.resetsIn().toSeconds()));
        }
    }

    /** So much a minute; {@code reset_seconds} is how long until all of it is there again. */
    record RateBody(long per_minute, long remaining, long reset_seconds) {
        static RateBody of(LimitStanding one) {
            return new RateBody(
                    one.limit(),
                    one.remaining(),
                    Objects.requireNonNull(one.resetsIn()).toSeconds());
        }
    }

    /** One rule a minute of the organization or of the key; {@code modality} and {@code model} are null where it counts all. */
    record RuleBody(
            String of,
            String measure,
            @Nullable String modality,
            @Nullable String model,
            long per_minute,
            long remaining,
            long reset_seconds) {
        static RuleBody of(LimitStanding one) {
            RateBody rate = RateBody.of(one);
            return new RuleBody(
                    word(one.whose()),
                    word(one.rule().measure()),
                    orNull(one.rule().modality()),
                    orNull(one.rule().model()),
                    rate.per_minute(),
                    rate.remaining(),
                    rate.reset_seconds());
        }
    }

    /** How many jobs the organization may have, and has. */
    record JobsBody(long open, long open_limit, long running_limit) {
        static JobsBody of(List<LimitStanding> all) {
            LimitStanding open = ofAll(all, Measure.OPEN);
            return new JobsBody(
                    open.used(), open.limit(), ofAll(all, Measure.RUNNING).limit());
        }

        private static LimitStanding ofAll(List<LimitStanding> all, Measure measure) {
            return all.stream()
                    .filter(one -> one.whose() == Whose.ORGANIZATION)
                    .filter(one -> one.rule().equals(Rule.all(measure)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
