package dev.millrace.api.millrace.keys;

import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeyState;
import dev.millrace.access.Suspension;
import dev.millrace.address.Network;
import dev.millrace.api.millrace.openrouter.ShownCap;
import dev.millrace.limits.CapState;
import dev.millrace.meter.Modality;
import dev.millrace.money.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A key as whoever manages it sees it: OpenRouter's names (contract B4), and ours behind them. */
record ManagedKeyBody(
        String hash,
        String name,
        String label,
        boolean disabled,
        @Nullable BigDecimal limit,
        @Nullable BigDecimal limit_remaining,
        @Nullable String limit_reset,
        boolean include_byok_in_limit,
        BigDecimal usage,
        BigDecimal usage_daily,
        BigDecimal usage_weekly,
        BigDecimal usage_monthly,
        int byok_usage,
        int byok_usage_daily,
        int byok_usage_weekly,
        int byok_usage_monthly,
        String created_at,
        @Nullable String updated_at,
        @Nullable String expires_at,
        @Nullable String creator_user_id,
        @Nullable String external_user,
        String workspace_id,
        String organization_id,
        @Nullable String member_id,
        String environment,
        String role,
        String state,
        ScopesBody scopes,
        List<String> networks,
        Map<String, CapBody> caps,
        @Nullable FormerBody former,
        @Nullable SuspendedBody suspended) {
    /** What it may be used for; an empty list leaves all of its kind open. */
    record ScopesBody(List<String> dialects, List<String> models, List<String> modalities, boolean read_only) {
        static ScopesBody of(KeyScopes scopes) {
            return new ScopesBody(
                    scopes.dialects().stream().sorted().toList(),
                    scopes.models(),
                    scopes.modalities().stream().map(Modality::wire).sorted().toList(),
                    scopes.readOnly());
        }
    }

    /** One cap, and what counts against it; {@code resets_at} is null for one that never begins anew. */
    record CapBody(
            String limit_usd,
            String spent_usd,
            String held_usd,
            String left_usd,
            @Nullable String resets_at) {
        static CapBody of(CapState cap) {
            return new CapBody(
                    cap.limit().toUsd(),
                    cap.spent().toUsd(),
                    cap.held().toUsd(),
                    cap.left().toUsd(),
                    cap.resets() ? cap.resetsAt().toString() : null);
        }
    }

    /** The secret before the last rotation, while it works. */
    record FormerBody(String last_four, String works_until) {}

    /** Why the key itself is suspended. */
    record SuspendedBody(String reason, boolean by_operator, String since) {
        static SuspendedBody of(Suspension suspension) {
            return new SuspendedBody(
                    suspension.reason(),
                    suspension.byOperator(),
                    suspension.since().toString());
        }
    }

    /** What the key's requests have cost. */
    record Used(Money ever, Money today, Money week, Money month) {}

    static ManagedKeyBody of(KeyInfo key, Used used, List<CapState> caps, @Nullable Suspension suspension) {
        @Nullable CapState shown = ShownCap.of(caps).orElse(null);
        String organization = key.organization().text();
        String member = key.spec().member() == null ? null : key.spec().member().text();
        KeyInfo.Former former = key.former();
        Map<String, CapBody> each = new TreeMap<>();
        caps.forEach(cap -> each.put(cap.period().wire(), CapBody.of(cap)));
        return new ManagedKeyBody(
                key.id().text(),
                key.name(),
                key.label(),
                key.state() != KeyState.ACTIVE && key.state() != KeyState.EXPIRED,
                shown == null ? null : shown.limit().toDecimal(),
                shown == null ? null : shown.left().toDecimal(),
                shown == null ? null : ShownCap.reset(shown),
                false,
                used.ever().toDecimal(),
                used.today().toDecimal(),
                used.week().toDecimal(),
                used.month().toDecimal(),
                0,
                0,
                0,
                0,
                key.createdAt().toString(),
                text(key.updatedAt()),
                text(key.spec().expiresAt()),
                member,
                null,
                organization,
                organization,
                member,
                key.environment().wire(),
                key.spec().role().wire(),
                key.state().wire(),
                ScopesBody.of(key.spec().scopes()),
                key.spec().networks().stream().map(Network::toString).toList(),
                each,
                former == null
                        ? null
                        : new FormerBody(former.lastFour(), former.until().toString()),
                suspension == null ? null : SuspendedBody.of(suspension));
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
