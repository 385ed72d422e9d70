package dev.millrace.api.millrace.prices;

import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.billing.PriceTerm;
import dev.millrace.catalog.CatalogException;
import dev.millrace.catalog.DraftPrices;
import dev.millrace.catalog.PriceList;
import dev.millrace.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a re-rating.
 *
 * @param from the first day, UTC
 * @param to the last one
 */
public record RerateForm(LocalDate from, LocalDate to, DraftPrices draft) {
    static final Form FORM = Form.object()
            .needs("from", "string", "The first day, as 2026-11-01 (UTC).")
            .needs("to", "string", "The last day.")
            .takes("organization", "string", "Whose usage; another's than the key's own is for the operator.")
            .takes("markup", "string", "A factor for everything, as \"1.15\"; that of each charge otherwise.")
            .takes("minimum_usd", "string", "What a request costs at least; that of each charge otherwise.")
            .takes("catalog", "string", "A catalogue file as YAML: the prices of its models take the place of theirs.")
            .takes("format", "string", "json or csv.");

    private static final Duration MOST = Duration.ofDays(366);

    /**
     * The same from texts, wherever they come from.
     *
     * @param catalog a catalogue file; null for none
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with the name of the field
     */
    public static RerateForm of(
            String from, String to, @Nullable String markup, @Nullable String minimum, @Nullable String catalog) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (first.isAfter(last)) {
            throw Fields.wrong("from", "value", "must not be after to.");
        }
        if (Duration.between(first.atStartOfDay(), last.atStartOfDay()).compareTo(MOST) > 0) {
            throw Fields.wrong("to", "value", "must be within a year of from.");
        }
        DraftPrices draft = new DraftPrices(
                catalog == null ? Map.of() : lists(catalog),
                markup == null ? null : term(PriceTerm.Kind.MARKUP, "markup", markup),
                minimum == null ? null : Money.ofNanos(term(PriceTerm.Kind.MINIMUM, "minimum_usd", minimum)));
        if (draft.isEmpty()) {
            throw Fields.wrong("markup", "required", "is missing: say markup, minimum_usd or catalog.");
        }
        return new RerateForm(first, last, draft);
    }

    static RerateForm of(Fields body) {
        return of(
                body.text("from"),
                body.text("to"),
                body.textOrNull("markup"),
                body.textOrNull("minimum_usd"),
                body.textOrNull("catalog"));
    }

    public Instant start() {
        return from.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /** The moment at which the last day is over. */
    public Instant end() {
        return to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static long term(PriceTerm.Kind kind, String field, String text) {
        try {
            return PriceTerm.of(kind, PriceTerm.DEFAULT, "", text).value();
        } catch (IllegalArgumentException wrong) {
            throw Fields.wrong(field, "format", String.valueOf(wrong.getMessage()) + ".");
        }
    }

    private static Map<String, PriceList> lists(String catalog) {
        try {
            return DraftPrices.read("catalog", catalog.getBytes(StandardCharsets.UTF_8));
        } catch (CatalogException wrong) {
            throw Fields.wrong(
                    "catalog", "format", String.valueOf(wrong.complaints().getFirst()));
        }
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notADate) {
            throw Fields.wrong(field, "format", "must be a date such as 2026-11-21.");
        }
    }
}
