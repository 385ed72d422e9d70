package dev.millrace.api.millrace.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.billing.Explanation;
import dev.millrace.catalog.PriceLine;
import dev.millrace.catalog.PriceRule;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.usage.Served;
import dev.millrace.usage.UsageRow;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Transfer;
import dev.millrace.wallet.TransferKind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One charge, explained: amounts are dollars as exact decimal texts.
 *
 * @param priced_by the parameters that the price depended on, as JSON
 * @param units_source who counted the units: upstream, planned (the request stated them) or estimate (counted as they passed)
 * @param lines what each unit comes to at the list price, and what markup and minimum add; together they are {@code cost_usd}
 * @param cost_usd what the request comes to; what is above the hold is not the customer's
 * @param block the block of money that the request was granted from; null when it had a hold of its own
 * @param attempts every call of an upstream in its order: those that served nothing, which the platform paid for, and the one that
 *     served
 * @param movements of the money, the oldest first: hold, charge, release, refund, absorb
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
        @Nullable String block,
        String held_usd,
        String charged_usd,
        String released_usd,
        String refunded_usd,
        String absorbed_usd,
        String upstream_cost_usd,
        List<AttemptBody> attempts,
        List<MovementBody> movements) {
    /**
     * @param kind unit, markup or minimum
     * @param unit what was counted; null for a markup or a minimum
     * @param quantity how many, as the unit counts: milliseconds of a second
     * @param price_usd the list price of {@code per} of them; null for a unit that is free. Of a minimum, what it is
     * @param factor of a markup, by what the sum of the units is multiplied
     * @param amount_usd what the line adds; below zero for a discount
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LineBody(
            String kind,
            @Nullable String unit,
            @Nullable Long quantity,
            @Nullable String price_usd,
            @Nullable Long per,
            @Nullable String factor,
            String amount_usd) {
        static LineBody of(PriceLine line) {
            PriceRule rule = line.rule();
            return new LineBody(
                    "unit",
                    line.unit().wire(),
                    line.quantity(),
                    rule == null ? null : rule.price().toUsd(),
                    rule == null ? null : rule.per(),
                    null,
                    line.amount().toUsd());
        }

        static List<LineBody> of(Explanation told) {
            List<LineBody> lines =
                    new ArrayList<>(told.lines().stream().map(LineBody::of).toList());
            if (!told.markup().isZero()) {
                String factor = told.terms().factor();
                lines.add(new LineBody(
                        "markup", null, null, null, null, factor, told.markup().toUsd()));
            }
            if (!told.minimum().isZero()) {
                String minimum = told.terms().minimum().toUsd();
                lines.add(new LineBody(
                        "minimum",
                        null,
                        null,
                        minimum,
                        null,
                        null,
                        told.minimum().toUsd()));
            }
            return lines;
        }
    }

    /**
     * @param deployment what the upstream calls the model; null where that was not noted
     * @param served whether this call served the request
     * @param error why it did not
     * @param latency_ms how long it took; null for calls that served nothing
     * @param upstream_cost_usd what the upstream asks for it; null where it does not say
     * @param paid_by {@code customer} for what was served and charged, {@code platform} for everything else
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttemptBody(
            int number,
            String provider,
            @Nullable String deployment,
            boolean served,
            @Nullable String error,
            @Nullable Long latency_ms,
            @Nullable String upstream_cost_usd,
            String at,
            String paid_by) {
        static AttemptBody of(Attempt attempt) {
            return new AttemptBody(
                    attempt.number(),
                    attempt.provider(),
                    attempt.upstreamModel(),
                    false,
                    attempt.error(),
                    null,
                    null,
                    attempt.at().toString(),
                    "platform");
        }

        static List<AttemptBody> of(Explanation told) {
            List<AttemptBody> all = new ArrayList<>(
                    told.attempts().stream().map(AttemptBody::of).toList());
            if (told.wasServed()) {
                int last = told.attempts().isEmpty()
                        ? 0
                        : told.attempts().getLast().number();
                all.add(served(told, last + 1));
            }
            return all;
        }

        private static AttemptBody served(Explanation told, int number) {
            UsageRow row = told.row();
            Served by = row.served();
            OptionalLong millis = told.servedMillis();
            Money cost = row.upstreamCost();
            return new AttemptBody(
                    number,
                    row.provider(),
                    by == null ? null : by.upstreamModel(),
                    true,
                    row.error(),
                    millis.isPresent() ? millis.getAsLong() : null,
                    cost.isZero() ? null : cost.toUsd(),
                    row.createdAt().toString(),
                    told.hold().charge().isZero() ? "platform" : "customer");
        }
    }

    /** @param type hold, charge, release, refund or absorb */
    record MovementBody(String type, String amount_usd, String at) {
        static MovementBody of(Transfer transfer) {
            return new MovementBody(
                    transfer.kind() == TransferKind.SETTLE
                            ? "charge"
                            : transfer.kind().code(),
                    transfer.amount().toUsd(),
                    transfer.createdAt().toString());
        }
    }

    static ExplainBody of(Explanation told) {
        HoldId block = told.hold().block();
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
                LineBody.of(told),
                told.cost().toUsd(),
                block == null ? null : block.text(),
                told.hold().amount().toUsd(),
                told.hold().charge().toUsd(),
                told.released().toUsd(),
                told.hold().refunded().toUsd(),
                told.absorbed().toUsd(),
                told.row().upstreamCost().toUsd(),
                AttemptBody.of(told),
                told.movements().stream().map(MovementBody::of).toList());
    }
}
