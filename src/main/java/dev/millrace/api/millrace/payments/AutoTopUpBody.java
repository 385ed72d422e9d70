package dev.millrace.api.millrace.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.payments.AutoTopUp;
import org.jspecify.annotations.Nullable;

/**
 * How the wallet is filled by itself.
 *
 * @param stopped why it was switched off by itself, after payments that failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AutoTopUpBody(
        String object,
        boolean enabled,
        boolean card_saved,
        String threshold_usd,
        String amount_usd,
        String monthly_ceiling_usd,
        long failures,
        @Nullable String stopped) {
    static final AutoTopUpBody NEVER_SET =
            new AutoTopUpBody("auto_topup", false, false, "0.00", "0.00", "0.00", 0, null);

    static AutoTopUpBody of(AutoTopUp rule) {
        return new AutoTopUpBody(
                "auto_topup",
                rule.enabled(),
                rule.method() != null,
                rule.threshold().toUsd(),
                rule.amount().toUsd(),
                rule.ceiling().toUsd(),
                rule.failures(),
                rule.stopped());
    }
}
