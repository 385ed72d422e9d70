package dev.millrace.api.millrace.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.billing.Explanation;
import dev.millrace.catalog.PriceLine;
import dev.millrace.catalog.PriceRule;
import dev.millrace.usage.Attempt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One charge, explained: amounts are dollars as exact decimal texts.
 *
 * @param priced_by the parameters that the price depended on, as JSON
 * @param units_source who counted the units: upstream, planned (the request stated them) or estimate (counted as they passed)
 * @param cost_usd what the units come to; what is above the hold is not the customer's
 * @param attempts calls of upstreams that served nothing; the platform paid for them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExplainBody(
        String object,
        String id,
        String created_at,
        String model,
        String provider,
        String status,
        @Nullable String error,
        String price_version,
        String priced_by,
        String units_source,
        List<LineBody> lines,
        String cost_usd,
        String held_usd,
        String charged_usd,
        String released_usd,
        String refunded_usd,
        String absorbed_usd,
        String upstream_cost_usd,
        List<AttemptBody> attempts) {
    /**
     * @param quantity how many, as the unit counts: milliseconds of a second
     * @param price_usd the price of {@code per} of them; null for a unit that is free
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineBody(
            String unit,
            long quantity,
            @Nullable String price_usd,
            @Nullable Long per,
            String amount_usd) {
        static LineBody of(PriceLine line) {
            PriceRule rule = line.rule();
            return new LineBody(
                    line.unit().wire(),
                    line.quantity(),
                    rule == null ? null : rule.price().toUsd(),
                    rule == null ? null : rule.per(),
                    line.amount().toUsd());
        }
    }

    /** @param paid_by always {@code platform}: a customer pays for what was served and for nothing else */
    record AttemptBody(int number, String provider, String error, String at, String paid_by) {
        static AttemptBody of(Attempt attempt) {
            return new AttemptBody(
                    attempt.number(),
                    attempt.provider(),
                    attempt.error(),
                    attempt.at().toString(),
                    "platform");
        }
    }

    static ExplainBody of(Explanation told) {
        return new ExplainBody(
                "usage.explanation",
                told.row().id(),
                told.row().createdAt().toString(),
                told.row().model(),
                told.row().provider(),
                told.row().status().wire(),
                told.row().error(),
                told.row().priceVersion(),
                told.row().pricedBy(),
                told.row().unitsSource().code(),
                told.lines().stream().map(LineBody::of).toList(),
                told.cost().toUsd(),
                told.hold().amount().toUsd(),
                told.hold().charge().toUsd(),
                told.released().toUsd(),
                told.hold().refunded().toUsd(),
                told.absorbed().toUsd(),
                told.row().upstreamCost().toUsd(),
                told.attempts().stream().map(AttemptBody::of).toList());
    }
}
