package dev.millrace.api.millrace.prices;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.billing.PriceTerm;
import dev.millrace.billing.rerate.Rerating;
import dev.millrace.catalog.PriceVersionStore.Served;
import dev.millrace.json.Csv;
import dev.millrace.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the routes about prices answer, and the command line prints. */
public final class PriceBodies {
    private PriceBodies() {}

    /**
     * A markup or a minimum.
     *
     * @param subject whom it is for: organization:ID, plan:NAME or default
     * @param of model:ID or modality:NAME; null for everything
     * @param factor of a markup
     * @param usd of a minimum
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TermBody(
            String object,
            String kind,
            String subject,
            @Nullable String of,
            @Nullable String factor,
            @Nullable String usd) {
        public static TermBody of(PriceTerm term) {
            boolean markup = term.kind() == PriceTerm.Kind.MARKUP;
            return new TermBody(
                    "price.term",
                    term.kind().wire(),
                    term.subject(),
                    term.scope().isEmpty() ? null : term.scope(),
                    markup ? term.text() : null,
                    markup ? null : term.text());
        }
    }

    /** Whether there was something to take away. */
    public record RemovedBody(String object, boolean removed) {}

    /** A price list of a model, as the catalogue stated it, and when it was first served. */
    public record VersionBody(String object, String model, String version, String first_seen, ObjectNode prices) {
        public static VersionBody of(Served served) {
            return new VersionBody(
                    "price.version",
                    served.model(),
                    served.prices().version(),
                    served.firstSeen().toString(),
                    served.prices().body());
        }
    }

    /** What some requests were charged, and what they would have been. */
    public record SumBody(String name, long requests, String then_usd, String now_usd, String difference_usd) {
        static SumBody of(String name, Rerating.Sum sum) {
            return new SumBody(
                    name,
                    sum.requests(),
                    sum.then().toUsd(),
                    sum.now().toUsd(),
                    sum.now().minus(sum.then()).toUsd());
        }
    }

    /** Requests that could not be priced; {@code examples} are the ids of the newest of them. */
    public record UnratedBody(
            String model, String reason, String meaning, long requests, String then_usd, List<String> examples) {}

    /**
     * A time under other prices.
     *
     * @param total of the requests that could be priced
     * @param unrated those that could not, which the total does not count
     */
    public record RerateBody(
            String object,
            String from,
            String to,
            SumBody total,
            List<SumBody> models,
            List<SumBody> keys,
            long unrated_requests,
            String unrated_then_usd,
            List<UnratedBody> unrated) {
        public static RerateBody of(String from, String to, Rerating told) {
            return new RerateBody(
                    "price.rerating",
                    from,
                    to,
                    SumBody.of("total", told.rated()),
                    told.models().stream()
                            .map(one -> SumBody.of(one.model(), one.sum()))
                            .toList(),
                    told.keys().stream()
                            .map(one -> SumBody.of(one.key().text(), one.sum()))
                            .toList(),
                    told.left(),
                    told.leftThen().toUsd(),
                    told.unrated().stream()
                            .map(left -> new UnratedBody(
                                    left.model(),
                                    left.why().wire(),
                                    left.why().meaning(),
                                    left.requests(),
                                    left.then().toUsd(),
                                    left.examples()))
                            .toList());
        }

        /** The same as a table. */
        public String csv() {
            return csv(Json.tree(this));
        }

        /**
         * The same of an answer as it went over the wire: a line for the total, each model, each key, and each reason why some could not
         * be priced.
         */
        public static String csv(JsonNode answer) {
            Csv csv = Csv.of("kind", "name", "requests", "then_usd", "now_usd", "difference_usd", "reason");
            sum(csv, "total", answer.path("total"));
            answer.path("models").forEach(sum -> sum(csv, "model", sum));
            answer.path("keys").forEach(sum -> sum(csv, "key", sum));
            answer.path("unrated")
                    .forEach(left -> csv.row(
                            "unrated",
                            text(left, "model"),
                            left.path("requests").asLong(),
                            text(left, "then_usd"),
                            null,
                            null,
                            text(left, "reason")));
            return csv.text();
        }

        private static void sum(Csv csv, String kind, JsonNode sum) {
            csv.row(
                    kind,
                    text(sum, "name"),
                    sum.path("requests").asLong(),
                    text(sum, "then_usd"),
                    text(sum, "now_usd"),
                    new Plain(text(sum, "difference_usd")),
                    null);
        }

        private static String text(JsonNode of, String name) {
            return of.path(name).asString("");
        }
    }

    /** A number that may be below zero, which a spreadsheet is to read as one. */
    private record Plain(String text) {
        @Override
        public String toString() {
            return text;
        }
    }
}
