package dev.millrace.api.millrace.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.payments.TopUp;
import dev.millrace.payments.TopUpState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One payment by card.
 *
 * @param status pending, paid, failed or expired
 * @param kind checkout or automatic
 * @param url the page on which it is paid, while it is pending
 * @param taken_back_usd how much of it left the wallet again, because the payer was given it back or disputes it
 * @param owed_usd how much of that was not there any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TopUpBody(
        String object,
        String id,
        String status,
        String kind,
        String amount_usd,
        @Nullable String url,
        @Nullable String receipt_url,
        @Nullable String failure,
        @Nullable String taken_back_usd,
        @Nullable String owed_usd,
        boolean livemode,
        String created_at,
        @Nullable String paid_at) {
    static TopUpBody of(TopUp row) {
        boolean reversed = row.due().isPositive();
        Instant paidAt = row.paidAt();
        return new TopUpBody(
                "topup",
                row.id(),
                row.state().code(),
                row.kind().code(),
                row.amount().toUsd(),
                row.state() == TopUpState.PENDING ? row.url() : null,
                row.receiptUrl(),
                row.failure(),
                reversed ? row.taken().toUsd() : null,
                reversed ? row.owed().toUsd() : null,
                row.live(),
                row.createdAt().toString(),
                paidAt == null ? null : paidAt.toString());
    }
}
