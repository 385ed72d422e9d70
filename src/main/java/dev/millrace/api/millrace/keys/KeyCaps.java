package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.Forbidden;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openrouter.ShownCap;
import dev.millrace.db.Tx;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The spend caps of a key, in the names of bodies. OpenRouter's clients know one of them, by {@code limit} and
 * {@code limit_reset}: the one of the longest period.
 */
final class KeyCaps {
    private static final Set<String> NAMES = Set.of("day_usd", "week_usd", "month_usd", "total_usd");
    private static final int PLACES_MAX = 9;

    private final Caps caps;
    private final Trail trail;

    KeyCaps(Caps caps, Trail trail) {
        this.caps = caps;
        this.trail = trail;
    }

    /** What a body wants changed; null takes a cap away. Read before anything is written. */
    record Wish(
            boolean one, Optional<Money> limit, @Nullable CapPeriod period, Map<CapPeriod, Optional<Money>> each) {}

    static Wish wish(Fields body) {
        boolean limit = body.object().has("limit");
        boolean reset = body.object().has("limit_reset");
        Map<CapPeriod, Optional<Money>> each = new EnumMap<>(CapPeriod.class);
        Fields own = new Fields(body.objectOrEmpty("caps"), "caps").only(NAMES, "");
        for (CapPeriod period : CapPeriod.values()) {
            String name = period.wire() + "_usd";
            if (own.object().has(name)) {
                String text = own.textOrNull(name);
                each.put(period, text == null ? Optional.empty() : Optional.of(dollars(own.at(name), text)));
            }
        }
        return new Wish(limit, limit ? limit(body) : Optional.empty(), reset ? period(body) : null, each);
    }

    /**
     * Refuses a wish to loosen a cap, of somebody who manages neither keys nor billing: others may have set it to bound him.
     *
     * @throws ProblemException {@code FORBIDDEN}
     */
    void require(Tx tx, Caller caller, CapSubject subject, Wish wish) {
        if (caller.may(Permission.MANAGE_KEYS) || caller.may(Permission.MANAGE_BILLING)) {
            return;
        }
        Map<CapPeriod, Optional<Money>> wanted = wanted(tx, subject, wish);
        for (CapState cap : of(tx, subject)) {
            Optional<Money> now = wanted.getOrDefault(cap.period(), Optional.of(cap.limit()));
            if (now.isEmpty() || now.get().compareTo(cap.limit()) > 0) {
                throw Forbidden.ROLE.exception("The role " + caller.role().wire() + " may lower the cap of a key by "
                        + cap.period().wire() + ", and not raise or lift it; whoever manages keys or billing may.");
            }
        }
    }

    void set(Tx tx, Actor actor, CapSubject subject, Wish wish) {
        wanted(tx, subject, wish).forEach((period, limit) -> change(tx, actor, subject, period, limit.orElse(null)));
    }

    private Map<CapPeriod, Optional<Money>> wanted(Tx tx, CapSubject subject, Wish wish) {
        Map<CapPeriod, Optional<Money>> wanted = new EnumMap<>(CapPeriod.class);
        if (wish.one() || wish.period() != null) {
            Optional<CapState> shown = ShownCap.of(of(tx, subject));
            CapPeriod now = shown.map(CapState::period).orElse(CapPeriod.TOTAL);
            CapPeriod period = wish.period() == null ? now : wish.period();
            if (shown.isPresent()) {
                wanted.put(now, Optional.empty());
            }
            wanted.put(period, wish.one() ? wish.limit() : shown.map(CapState::limit));
        }
        wanted.putAll(wish.each());
        return wanted;
    }

    private void change(Tx tx, Actor actor, CapSubject subject, CapPeriod period, @Nullable Money limit) {
        if (caps.set(tx, subject, period, limit)) {
            trail.write(
                    tx,
                    actor.about(subject.organization()),
                    "cap.set",
                    subject.code(),
                    Map.of("period", period.wire(), "limit_usd", limit == null ? "none" : limit.toUsd()));
        }
    }

    List<CapState> of(Tx tx, CapSubject subject) {
        return caps.of(tx, subject);
    }

    private static CapPeriod period(Fields body) {
        String text = body.textOrNull("limit_reset");
        return switch (text) {
            case null -> CapPeriod.TOTAL;
            case "daily" -> CapPeriod.DAY;
            case "weekly" -> CapPeriod.WEEK;
            case "monthly" -> CapPeriod.MONTH;
            default -> throw Fields.wrong("limit_reset", "enum", "must be daily, weekly, monthly or null.");
        };
    }

    private static Optional<Money> limit(Fields body) {
        JsonNode value = body.object().get("limit");
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw Fields.wrong("limit", "type", "must be a number of dollars, or null.");
        }
        return Optional.of(dollars("limit", value.decimalValue()));
    }

    private static Money dollars(String field, String text) {
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,9})?")) {
            throw wrong(field);
        }
        return dollars(field, new BigDecimal(text));
    }

    private static Money dollars(String field, BigDecimal stated) {
        BigDecimal amount = stated.stripTrailingZeros();
        if (amount.signum() < 0 || amount.scale() > PLACES_MAX || amount.compareTo(Caps.MOST.toDecimal()) > 0) {
            throw wrong(field);
        }
        return Money.usd(amount.toPlainString());
    }

    private static ProblemException wrong(String field) {
        return Fields.wrong(
                field, "format", "must be an amount of dollars from 0 to 1000000000 with at most 9 places.");
    }
}
