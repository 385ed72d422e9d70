package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.trail.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much an organization, a member or a key may spend in a day, a week, a month or at all. What a request may cost is
 * reserved in every cap that applies, in the transaction of its hold; what it was charged is counted where it was reserved.
 *
 * <p>Every window counts exactly the holds of its subject that were made in its time, whenever the cap was set: all that
 * changes what it counts happens under the lock under which the organization's holds are made.
 */
public final class Caps {
    /** The most that a cap can be. */
    public static final Money MOST = Money.usd("1000000000");

    /** How long ended windows are kept: a refund is still taken out of them. */
    private static final Duration KEPT_FOR = Duration.ofDays(40);

    private static final Duration EVENTS_KEPT_FOR = Duration.ofDays(400);

    private final CapStore store = new CapStore();
    private final CapLedger ledger;
    private final Zones zones;
    private final CapAlarm alarm;

    public Caps(CapLedger ledger, Zones zones, Trail trail) {
        this.ledger = ledger;
        this.zones = zones;
        this.alarm = new CapAlarm(trail);
    }

    /**
     * Sets, changes or removes a cap. What the running window has spent and held already counts. A limit below that refuses
     * the next request; it takes nothing back.
     *
     * @param limit what may be spent in one period, from zero (nothing at all) to {@link #MOST}; null for no cap
     * @return whether there is another cap than before, or another limit
     * @throws IllegalArgumentException when the limit is out of its range
     * @throws IllegalStateException when the organization's wallet is not open
     */
    public boolean set(Tx tx, CapSubject subject, CapPeriod period, @Nullable Money limit) {
        if (limit == null) {
            ledger.guard(tx, subject.organization());
            return store.remove(tx, subject, period);
        }
        if (limit.isNegative() || limit.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("a cap is from 0 to " + MOST);
        }
        ledger.guard(tx, subject.organization());
        Instant now = tx.now();
        Money before = store.one(tx, subject, period, now)
                .map(CapStore.Standing::limit)
                .orElse(null);
        if (!store.change(tx, subject, period, limit)) {
            Instant latest = ledger.latest(tx, subject.organization());
            store.add(tx, subject, period, limit, latest.isAfter(now) ? latest : now);
        }
        CapState state = windowed(tx, store.one(tx, subject, period, now).orElseThrow());
        alarm.changed(tx, state, before != null && before.compareTo(limit) < 0);
        return !limit.equals(before);
    }

    /** Every cap of the organization with what counts against it now. */
    public List<CapState> all(Tx tx, OrganizationId organization) {
        return store.all(tx, organization, tx.now()).stream()
                .map(cap -> state(tx, cap))
                .toList();
    }

    /** The caps of one subject with what counts against them now. */
    public List<CapState> of(Tx tx, CapSubject subject) {
        return all(tx, subject.organization()).stream()
                .filter(cap -> cap.subject().equals(subject))
                .toList();
    }

    /** The caps that a request of the spender has to pass. */
    public List<CapState> of(Tx tx, Spender spender) {
        return store.of(tx, spender, tx.now()).stream()
                .map(cap -> state(tx, cap))
                .toList();
    }

    /** Whether the organization has any cap. */
    public boolean any(Tx tx, OrganizationId organization) {
        return store.any(tx, organization);
    }

    /** When a cap of the organization was set last; the epoch when it has none. */
    public Instant changed(Tx tx, OrganizationId organization) {
        return store.changed(tx, organization);
    }

    /** The latest alarms of an organization, newest first. */
    public List<CapEvent> events(Tx tx, OrganizationId organization, int limit) {
        return alarm.latest(tx, organization, limit);
    }

    /**
     * Reserves an amount in every cap of {@link #of(Tx, Spender)}, before the hold is written. Call it under the lock of
     * {@link CapLedger}.
     *
     * @return false when one of them does not cover it; then whatever the transaction did must be undone
     */
    public boolean reserve(Tx tx, Spender spender, Money amount, List<CapState> applying) {
        for (CapState cap : applying) {
            if (!cap.counting()) {
                begin(tx, cap);
            }
        }
        return applying.isEmpty()
                || applying.stream().allMatch(cap -> cap.limit().isPositive())
                        && store.reserve(tx, spender, amount, tx.now()) == applying.size();
    }

    /** Counts what a hold was charged instead of what it had set aside; no charge at all when it was released. */
    public void resolved(Tx tx, Spender spender, Instant heldAt, Money held, Money charge) {
        store.settle(tx, spender, heldAt, held, charge).forEach(window -> alarm.look(tx, window));
    }

    /** Takes what was refunded of a hold out of what is counted. */
    public void refunded(Tx tx, Spender spender, Instant heldAt, Money amount) {
        store.refund(tx, spender, heldAt, amount);
    }

    private CapState windowed(Tx tx, CapStore.Standing cap) {
        CapState state = state(tx, cap);
        if (state.counting()) {
            return state;
        }
        begin(tx, state);
        return state(tx, store.one(tx, cap.subject(), cap.period(), tx.now()).orElseThrow());
    }

    /** Begins a window. Where a hold may have been made in its time before the cap was set, those are counted first. */
    private void begin(Tx tx, CapState cap) {
        CapSubject subject = cap.subject();
        CapWindow window = new CapWindow(cap.startsAt(), cap.resetsAt());
        Instant countedTo =
                store.one(tx, subject, cap.period(), tx.now()).orElseThrow().countedTo();
        CapLedger.Counted counted = window.startsAt().isAfter(countedTo)
                ? CapLedger.Counted.NOTHING
                : ledger.counted(tx, subject, window.startsAt(), window.endsAt());
        store.addWindow(tx, subject, cap.period(), window, counted);
        store.forget(tx, subject, cap.period(), tx.now().minus(KEPT_FOR));
        alarm.forget(tx, subject.organization(), tx.now().minus(EVENTS_KEPT_FOR));
    }

    private CapState state(Tx tx, CapStore.Standing cap) {
        CapWindow window = cap.window();
        CapWindow shown = window == null ? next(tx, cap) : window;
        return new CapState(
                cap.subject(),
                cap.period(),
                cap.limit(),
                cap.spent(),
                cap.held(),
                shown.startsAt(),
                shown.endsAt(),
                window != null);
    }

    /** The window that now is in. One that began by another time zone runs to its end, and the next begins where it ends. */
    private CapWindow next(Tx tx, CapStore.Standing cap) {
        Instant now = tx.now();
        CapWindow free = store.free(tx, cap.subject(), cap.period(), now);
        return cap.period()
                .around(now, zones.of(tx, cap.subject().organization()))
                .within(free.startsAt(), free.endsAt());
    }
}
