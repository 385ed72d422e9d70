package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One limit on the jobs that there may be at once.
 *
 * @param key whose jobs it counts; null for those of the whole organization
 * @param most how many there may be
 */
public record JobLimit(@Nullable KeyId key, Rule rule, long most) {
    /** How long to wait where nothing was learnt of what runs. */
    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    static JobLimit ofAll(Measure measure, long most) {
        return new JobLimit(null, Rule.all(measure), most);
    }

    /** The limits that a job would fall under, but those on all jobs of the organization. */
    static List<JobLimit> narrow(LimitBook.Both rules, JobSlots.Wish wish) {
        List<JobLimit> narrow = new ArrayList<>();
        rules.organization().numbers().forEach((rule, most) -> {
            if (!rule.countsAll()) {
                add(narrow, new JobLimit(null, rule, most), wish);
            }
        });
        rules.key().numbers().forEach((rule, most) -> add(narrow, new JobLimit(wish.key(), rule, most), wish));
        return narrow;
    }

    private static void add(List<JobLimit> narrow, JobLimit limit, JobSlots.Wish wish) {
        boolean ofJobs = switch (limit.rule().measure()) {
            case OPEN, RUNNING, QUEUED -> true;
            case REQUESTS, TOKENS, LIVE -> false;
        };
        if (ofJobs && limit.rule().counts(wish.model(), wish.modality())) {
            narrow.add(limit);
        }
    }

    /** How many jobs it counts. */
    long count(List<JobCount> counts) {
        return counts.stream()
                .filter(one -> key == null || key.equals(one.key()))
                .mapToLong(one -> one.countedBy(rule))
                .sum();
    }

    /** Whether a job of that kind is one of those whose number it limits, waiting or not. */
    public boolean concerns(KeyId whose, String model, Modality modality) {
        return (key == null || key.equals(whose)) && rule.counts(model, modality);
    }

    /**
     * What a caller is told when it is reached.
     *
     * @param nextEnd how long until the next job should end whose place this one could take, as was learnt; null when nothing was
     */
    public Problem refusal(@Nullable Duration nextEnd) {
        Duration wait = nextEnd == null ? USUAL_WAIT : WholeSeconds.up(clamped(nextEnd));
        String what = rule.measure() == Measure.QUEUED ? " jobs waiting for others to end" : " jobs queued or running";
        return new Problem(
                ProblemCode.CONCURRENCY_REACHED,
                (key == null ? "The organization has " : "The key has ") + most + what + rule.scope()
                        + ", which is all it may have; wait for one to end, or cancel one.",
                List.of(),
                Map.of(
                        "limit",
                        most,
                        "of",
                        key == null ? "organization" : "key",
                        "measure",
                        rule.measure().field()),
                wait);
    }

    private static Duration clamped(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.isPositive() ? wait : Duration.ofSeconds(1);
    }
}
