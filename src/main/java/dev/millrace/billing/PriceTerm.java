package dev.millrace.billing;

import dev.millrace.catalog.Markup;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.money.Money;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One rule of what customers pay beside the price list.
 *
 * @param subject whom it is for: {@code organization:<id>}, {@code plan:<name>}, or {@code default} for all
 * @param scope what it is for: {@code model:<id>}, {@code modality:<name>}, or empty for everything
 * @param value millionths of a factor, or nano-dollars of a minimum
 */
public record PriceTerm(Kind kind, String subject, String scope, long value) {
    /** Whom a rule is for that nobody else's rule goes over. */
    public static final String DEFAULT = "default";

    static final String PLAN = "plan:";
    static final String ORGANIZATION = "organization:";
    static final String MODEL = "model:";
    static final String MODALITY = "modality:";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,32}");
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,9})?");

    /** What a rule sets. */
    public enum Kind {
        /** By what every price is multiplied. */
        MARKUP,
        /** What a request costs at least. */
        MINIMUM;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * A rule as it is written down.
     *
     * @param text the factor, as {@code 1.15}, or the dollars, as {@code 0.002}
     * @throws IllegalArgumentException when something is not as it must be, in words for people
     */
    public static PriceTerm of(Kind kind, String subject, String scope, String text) {
        return new PriceTerm(
                kind,
                subject(subject),
                scope(scope),
                switch (kind) {
                    case MARKUP ->
                        Markup.factor(text)
                                .orElseThrow(
                                        () -> new IllegalArgumentException(
                                                "the markup must be a factor from 0 to 1000 with up to six decimals, as \"1.15\""));
                    case MINIMUM -> {
                        if (!DOLLARS.matcher(text).matches()) {
                            throw new IllegalArgumentException(
                                    "the minimum must be dollars below 10000 with up to nine decimals, as \"0.002\"");
                        }
                        yield Money.usd(text).nanos();
                    }
                });
    }

    /** The value as it is written down. */
    public String text() {
        return switch (kind) {
            case MARKUP -> Markup.text(value);
            case MINIMUM -> Money.ofNanos(value).toUsd();
        };
    }

    /** The one organization that it is for, if it is for one alone. */
    public Optional<OrganizationId> organization() {
        return organization(subject);
    }

    static Optional<OrganizationId> organization(String subject) {
        return subject.startsWith(ORGANIZATION)
                ? OrganizationId.parse(subject.substring(ORGANIZATION.length()))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException when it names nobody */
    static String subject(String text) {
        boolean plan = text.startsWith(PLAN)
                && NAME.matcher(text.substring(PLAN.length())).matches();
        if (text.equals(DEFAULT) || plan || organization(text).isPresent()) {
            return text;
        }
        throw new IllegalArgumentException("\"for\" must be organization:ID, plan:NAME or default");
    }

    /** @throws IllegalArgumentException when it names nothing */
    static String scope(String text) {
        boolean modality = text.startsWith(MODALITY)
                && Modality.parse(text.substring(MODALITY.length())).isPresent();
        boolean model = text.startsWith(MODEL) && text.length() > MODEL.length();
        if (text.isEmpty() || modality || model) {
            return text;
        }
        throw new IllegalArgumentException(
                "\"of\" must be model:ID or modality:NAME (" + Modality.choices() + "); leave it out for all");
    }
}
