package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Principal;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as OpenRouter shows it (contract B4); amounts are dollars. A key here has no limit of its own: its wallet is the limit. */
record KeyBody(
        String label,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal limit_remaining,
        @Nullable String limit_reset,
        BigDecimal usage,
        BigDecimal usage_daily,
        BigDecimal usage_weekly,
        BigDecimal usage_monthly,
        int byok_usage,
        int byok_usage_daily,
        int byok_usage_weekly,
        int byok_usage_monthly,
        boolean include_byok_in_limit,
        boolean is_free_tier,
        boolean is_management_key,
        boolean is_provisioning_key,
        @Nullable String creator_user_id,
        String organization_id,
        @Nullable String workspace_id,
        List<String> allowed_data_regions,
        FreeBody free_model_daily_requests,
        @Nullable String expires_at,
        RateBody rate_limit) {
    /** How many requests to free models a day has; no model is free of limits here, so none are counted. */
    record FreeBody(int limit, int remaining, int used) {}

    /** How many requests the key may make in a time. */
    record RateBody(int requests, String interval, String note) {}

    /** What the key's requests have cost. */
    record Used(Money ever, Money today, Money week, Money month) {}

    static KeyBody of(Principal principal, Used used, int requestsPerMinute) {
        return new KeyBody(
                principal.keyName(),
                null,
                null,
                null,
                used.ever().toDecimal(),
                used.today().toDecimal(),
                used.week().toDecimal(),
                used.month().toDecimal(),
                0,
                0,
                0,
                0,
                false,
                false,
                principal.operator(),
                false,
                null,
                principal.organization().text(),
                null,
                List.of("global"),
                new FreeBody(0, 0, 0),
                null,
                new RateBody(requestsPerMinute, "1m", "The RateLimit headers of every answer say what is left."));
    }
}
