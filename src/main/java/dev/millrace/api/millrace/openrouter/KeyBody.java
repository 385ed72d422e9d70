package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.KeyInfo;
import dev.millrace.access.Permission;
import dev.millrace.access.Principal;
import dev.millrace.limits.CapState;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as OpenRouter shows it (contract B4); amounts are dollars. Of its spend caps that of the longest period is shown. */
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

    static KeyBody of(Principal principal, KeyInfo key, Used used, List<CapState> caps, int requestsPerMinute) {
        @Nullable CapState shown = ShownCap.of(caps).orElse(null);
        boolean manages = principal.may(Permission.MANAGE_KEYS);
        String member = principal.member() == null ? null : principal.member().text();
        Instant end = key.spec().expiresAt();
        return new KeyBody(
                principal.keyName(),
                shown == null ? null : shown.limit().toDecimal(),
                shown == null ? null : shown.left().toDecimal(),
                shown == null ? null : ShownCap.reset(shown),
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
                manages,
                manages,
                member,
                principal.organization().text(),
                principal.organization().text(),
                List.of("global"),
                new FreeBody(0, 0, 0),
                end == null ? null : end.toString(),
                new RateBody(requestsPerMinute, "1m", "The RateLimit headers of every answer say what is left."));
    }
}
