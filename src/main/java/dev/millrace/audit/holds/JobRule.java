package dev.millrace.audit.holds;

import dev.millrace.billing.Billing;
import dev.millrace.db.Tx;
import dev.millrace.lease.DueWork;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds of jobs: what becomes of one says the state of its job. */
final class JobRule implements HoldRule {
    private static final String KIND = "job";

    private final HoldTimes times;
    private final Billing billing;
    private final DueWork dueWork;

    private record Known(
            String state,
            @Nullable Long charge,
            Instant createdAt,
            @Nullable Instant startedAt) {}

    JobRule(HoldTimes times, Billing billing, DueWork dueWork) {
        this.times = times;
        this.billing = billing;
        this.dueWork = dueWork;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Ruling rule(Tx tx, OpenHold hold) {
        if (!hold.heldAt().plus(times.grace()).isBefore(tx.now())) {
            return new Ruling.Working();
        }
        Optional<Known> known = tx.one(
                "select state, charge, created_at, started_at from jobs where id = ?",
                row -> new Known(
                        row.text("state"),
                        row.numberOrNull("charge"),
                        row.instant("created_at"),
                        row.instantOrNull("started_at")),
                hold.subject());
        if (known.isEmpty()) {
            return new Ruling.Release("job that is not there");
        }
        return switch (known.get().state()) {
            case "queued", "running" -> open(tx, hold, known.get());
            case "completed" -> completed(tx, hold, known.get());
            default -> new Ruling.Release(known.get().state() + " job");
        };
    }

    private static Ruling completed(Tx tx, OpenHold hold, Known job) {
        Optional<Money> used = tx.one(
                "select charge from usage_rows where id = ? and organization = ?",
                row -> row.money("charge"),
                hold.id(),
                hold.organization());
        boolean same = used.isPresent()
                && used.get().nanos() == (job.charge() == null ? 0 : job.charge())
                && used.get().compareTo(hold.amount()) <= 0;
        return same
                ? new Ruling.Settle(used.get(), "completed job")
                : new Ruling.Stuck("completed job whose usage row is missing or says another charge");
    }

    private Ruling open(Tx tx, OpenHold hold, Known job) {
        boolean due = tx.count("select count(*) from due_work where kind = ? and id = ?", KIND, hold.subject()) > 0;
        if (!due) {
            return new Ruling.Requeue("open job that nobody would take up");
        }
        Instant start = job.startedAt() == null ? job.createdAt().plus(times.queue()) : job.startedAt();
        Instant last = start.plus(times.model().apply(hold.model())).plus(HoldTimes.JOB_GRACE);
        return last.isBefore(tx.now())
                ? new Ruling.Stuck("job beyond its deadline that is still due: do the nodes run?")
                : new Ruling.Working();
    }

    @Override
    public boolean requeue(Tx tx, OpenHold hold) {
        return dueWork.add(tx, KIND, hold.subject(), hold.organization().text(), tx.now());
    }

    @Override
    public boolean release(Tx tx, OpenHold hold) {
        return billing.releaseStuck(tx, hold.id());
    }
}
