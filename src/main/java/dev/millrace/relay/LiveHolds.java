package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.billing.Bill;
import dev.millrace.billing.Unpaid;
import dev.millrace.billing.allowance.Grant;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import dev.millrace.idempotency.Start;
import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.usage.Attempt;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The holds of live requests. Each has a row of due work that falls due a while from now and is put off as long as the
 * request runs here; when this node dies nobody puts it off, and whichever node claims it gives the hold back, and the
 * idempotency key free.
 */
final class LiveHolds implements AutoCloseable {
    private static final String KIND = "live";
    private static final Duration KEPT_FOR = Duration.ofSeconds(45);
    private static final Duration PUT_OFF_EVERY = Duration.ofSeconds(10);

    private final RelayParts parts;
    private final Workers sweep;
    private final Map<RequestId, Running> running = new ConcurrentHashMap<>();
    private final Map<RequestId, Grant> granted = new ConcurrentHashMap<>();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("live-holds").factory());
    private final LiveEnds ends;

    private record Running(
            OrganizationId organization, @Nullable KeyHold key) {}

    LiveHolds(RelayParts parts) {
        this.parts = parts;
        this.sweep = new Workers(
                parts.database(),
                parts.dueWork(),
                KIND,
                parts.owner(),
                WorkersSettings.DEFAULTS.withPace(Duration.ofSeconds(5)),
                this::giveBack,
                parts.metrics());
        this.ends = new LiveEnds(parts, keeper, running::remove);
    }

    void start() {
        sweep.start();
        parts.allowances().start();
        var unused = keeper.scheduleWithFixedDelay(
                this::putOff, PUT_OFF_EVERY.toMillis(), PUT_OFF_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Holds the quote's maximum, durably, before this returns, or grants it from what is held durably already. */
    void take(RequestId id, AdmittedText request, @Nullable KeyHold key) {
        Grant grant = key == null ? parts.allowances().grant(hold(id), request.principal(), request.quote()) : null;
        if (grant != null) {
            granted.put(id, grant);
            return;
        }
        parts.billing().reserves().insist(request.principal().organization(), () -> {
            takeStrictly(id, request, key);
            return id;
        });
    }

    private void takeStrictly(RequestId id, AdmittedText request, @Nullable KeyHold key) {
        OrganizationId organization = request.principal().organization();
        RequestId before = key == null ? null : key.holder();
        parts.database().writer().write(organization.text(), tx -> {
            if (key != null) {
                takeKey(tx, key, before, id);
            }
            parts.billing().hold(tx, request.principal().spender(), hold(id), request.quote());
            return parts.dueWork()
                    .add(tx, KIND, id.text(), organization.text(), tx.now().plus(KEPT_FOR));
        });
        running.put(id, new Running(organization, key));
        if (key != null) {
            key.heldBy(id);
        }
        if (before != null) {
            running.remove(before);
        }
    }

    /** From the try before, which keeps its due work for as long as it has the key: so a crash in between frees that too. */
    private void takeKey(Tx tx, KeyHold hold, @Nullable RequestId before, RequestId id) {
        if (before != null) {
            parts.dueWork().removeUnclaimed(tx, KIND, before.text());
            if (parts.idempotency().passLive(tx, before.text(), id.text())) {
                return;
            }
        }
        LiveKey key = hold.key();
        refuse(parts.idempotency().startLive(tx, key.key(), key.fingerprint(), id.text()));
    }

    /** Frees the key that no try was charged under. */
    void free(KeyHold hold) {
        RequestId holder = hold.holder();
        if (holder == null) {
            return;
        }
        try {
            var unused = parts.database().writer().write(hold.organization().text(), tx -> {
                parts.dueWork().removeUnclaimed(tx, KIND, holder.text());
                return parts.idempotency().forgetLive(tx, holder.text());
            });
        } finally {
            hold.heldBy(null);
            running.remove(holder);
        }
    }

    /**
     * Charges what was used; zero when the hold was given back meanwhile, for this node had been taken for dead, and while the database is
     * away: then it is charged as soon as that is back.
     */
    Money settle(RequestId id, OrganizationId organization, Bill bill, List<Attempt> attempts) {
        Grant grant = granted.remove(id);
        if (grant != null) {
            return grant.settle(bill, attempts);
        }
        KeyHold key = key(id);
        try {
            return ends.write(id, organization, true, tx -> {
                parts.dueWork().removeUnclaimed(tx, KIND, id.text());
                Optional<Settlement> settled = parts.billing().settle(tx, hold(id), bill);
                parts.billing().attempted(tx, hold(id), attempts);
                if (settled.isPresent() && key != null) {
                    parts.idempotency().liveDone(tx, id.text());
                }
                return settled.map(Settlement::charge).orElse(Money.ZERO);
            });
        } finally {
            if (key != null) {
                key.heldBy(null);
            }
        }
    }

    /** Gives all of the hold back; the key of a request with several tries stays taken until its own hold is closed. */
    void release(RequestId id, OrganizationId organization, Unpaid why, List<Attempt> attempts) {
        Grant grant = granted.remove(id);
        if (grant != null) {
            grant.release(why, attempts);
            return;
        }
        KeyHold key = key(id);
        boolean last = key == null || !key.severalTries();
        ends.write(id, organization, last, tx -> {
            if (last) {
                parts.dueWork().removeUnclaimed(tx, KIND, id.text());
            }
            if (last && key != null) {
                parts.idempotency().forgetLive(tx, id.text());
            }
            parts.billing().attempted(tx, hold(id), attempts);
            parts.billing().release(tx, hold(id), why);
            return Money.ZERO;
        });
    }

    void refuseRepeat(LiveKey key) {
        refuse(parts.database().read(tx -> parts.idempotency().look(tx, key.key(), key.fingerprint())));
    }

    private static void refuse(Start start) {
        start.replayed().ifPresent(earlier -> {
            throw Problem.of(
                            ProblemCode.ALREADY_ANSWERED,
                            "This request was answered before, once, and charged; answers are not kept. Send a new"
                                    + " Idempotency-Key to ask again.")
                    .withFacts(Map.of("answered_request_id", earlier))
                    .toException();
        });
    }

    private @Nullable KeyHold key(RequestId id) {
        Running one = running.get(id);
        return one == null ? null : one.key();
    }

    private void putOff() {
        running.forEach((id, one) -> {
            var unused = parts.database()
                    .writer()
                    .submit(
                            one.organization().text(),
                            tx -> parts.dueWork()
                                    .putOff(tx, KIND, id.text(), tx.now().plus(KEPT_FOR)));
        });
    }

    private void giveBack(Claim claim, LeaseGuard guard) {
        RequestId id = RequestId.parse(claim.id()).orElseThrow();
        parts.database().writer().write(claim.part(), tx -> {
            if (parts.dueWork().finish(tx, claim)) {
                parts.billing().release(tx, hold(id), Unpaid.abandoned());
                parts.idempotency().forgetLive(tx, id.text());
            }
            return id;
        });
    }

    private static HoldId hold(RequestId id) {
        return HoldId.of(id);
    }

    @Override
    public void close() {
        keeper.shutdownNow();
        ends.close();
        parts.allowances().close();
        sweep.close();
    }
}
