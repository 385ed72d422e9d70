package dev.millrace.audit.runs;

import dev.millrace.audit.Audit;
import dev.millrace.audit.Check;
import dev.millrace.audit.CheckResult;
import dev.millrace.billing.PriceBook;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs of the audit and keeps what they found. A run reads beside whatever is going on, each check on a snapshot of its own, and
 * writes a few rows at its end.
 */
public final class AuditRuns {
    private static final Logger LOG = LoggerFactory.getLogger(AuditRuns.class);
    private static final long MILLI = 1_000_000;

    /** What would be out of sight behind the mark; the other checks look at what is now. */
    private static final Set<String> OF_TRANSFERS = Set.of("M1", "M2", "M4", "M6", "M7", "M8", "M8-price", "M10");

    private final Database database;
    private final Audit audit;
    private final PriceBook prices;
    private final IdSource ids;
    private final Trail trail;
    private final AuditStore store = new AuditStore();
    private final Mark mark;
    private final ReentrantLock one = new ReentrantLock();

    /** What a run begins with. */
    private record Start(Instant at, Instant verified) {}

    public AuditRuns(Database database, Audit audit, PriceBook prices, IdSource ids, Trail trail) {
        this(database, audit, prices, ids, trail, Mark.SETTLED);
    }

    /** @param settled how old a transfer is before it counts as verified */
    AuditRuns(Database database, Audit audit, PriceBook prices, IdSource ids, Trail trail, Duration settled) {
        this.database = database;
        this.audit = audit;
        this.prices = prices;
        this.ids = ids;
        this.trail = trail;
        this.mark = new Mark(database, settled);
    }

    /** What was found, to read. */
    public AuditStore store() {
        return store;
    }

    /** Every check that a full run makes. */
    public List<Check> checks() {
        return audit.checks(false);
    }

    /**
     * Makes a run and keeps it; one at a time on this node. What is newly broken is logged, and stands in the audit log.
     *
     * @param askedBy as {@code schedule}
     */
    public AuditRun run(Scope scope, String askedBy) {
        one.lock();
        try {
            Start start = database.read(tx -> new Start(tx.now(), store.verified(tx)));
            long since = System.nanoTime();
            AuditRun run = made(scope, askedBy, start, since);
            Set<String> before = kept(run);
            tell(run, before);
            if (run.results().stream().noneMatch(AuditRuns::keepsTheMark)) {
                mark.advance(start.verified(), start.at());
            }
            return run;
        } finally {
            one.unlock();
        }
    }

    private static boolean keepsTheMark(CheckOutcome outcome) {
        return !outcome.result().ok() && OF_TRANSFERS.contains(outcome.result().id());
    }

    private AuditRun made(Scope scope, String askedBy, Start start, long since) {
        List<Check> checks = switch (scope) {
            case NEW -> Audit.ofNew(start.verified(), prices);
            case FULL -> checks();
        };
        String id = ids.uuid().toString();
        List<CheckOutcome> outcomes = new ArrayList<>();
        for (Check check : checks) {
            long began = System.nanoTime();
            CheckResult result = database.read(check::run);
            outcomes.add(new CheckOutcome(result, id, (System.nanoTime() - began) / MILLI, start.at(), start.at()));
        }
        long broken =
                outcomes.stream().filter(outcome -> !outcome.result().ok()).count();
        return new AuditRun(id, scope, askedBy, start.at(), (System.nanoTime() - since) / MILLI, broken, outcomes);
    }

    /** Keeps the run, and says which checks were broken before it. */
    private Set<String> kept(AuditRun run) {
        return database.writer().write("audit", tx -> {
            Set<String> before = store.latest(tx).stream()
                    .filter(outcome -> !outcome.result().ok())
                    .map(outcome -> outcome.result().id())
                    .collect(Collectors.toSet());
            store.add(tx, run);
            for (CheckOutcome outcome : run.results()) {
                note(tx, outcome.result(), before.contains(outcome.result().id()));
            }
            return before;
        });
    }

    private void note(Tx tx, CheckResult result, boolean before) {
        if (result.ok() != before) {
            return;
        }
        trail.write(
                tx,
                Actor.system(),
                result.ok() ? "audit.mended" : "audit.broken",
                "check:" + result.id(),
                Map.of(
                        "broken",
                        Long.toString(result.broken()),
                        "example",
                        result.examples().isEmpty() ? "" : result.examples().getFirst()));
    }

    private static void tell(AuditRun run, Set<String> before) {
        for (CheckOutcome outcome : run.results()) {
            CheckResult result = outcome.result();
            if (!result.ok()) {
                LOG.error(
                        "audit: {} is broken{}: {} of {}; {}",
                        result.id(),
                        before.contains(result.id()) ? " still" : "",
                        result.broken(),
                        result.seen(),
                        String.join("; ", result.examples()));
            }
        }
        LOG.info(
                "audit {} ({}) took {} ms: {} checks, {} broken",
                run.scope().wire(),
                run.askedBy(),
                run.tookMs(),
                run.results().size(),
                run.broken());
    }
}
