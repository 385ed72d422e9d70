package dev.millrace.audit;

import dev.millrace.billing.PriceBook;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs the checks on a database that may be in use. */
public final class Audit {
    private final Database database;
    private final List<Check> checks;

    private Audit(Database database, List<Check> checks) {
        this.database = database;
        this.checks = List.copyOf(checks);
    }

    /** An audit of the ledger alone: wallets, holds and transfers. */
    public static Audit ofLedger(Database database) {
        Audit audit = new Audit(database, MoneyChecks.all()).with(new AppendOnlyCheck());
        for (Check check : SpendChecks.all()) {
            audit = audit.with(check);
        }
        return audit;
    }

    /** An audit of everything that the tables tell by themselves. */
    public static Audit of(Database database) {
        Audit audit = ofLedger(database);
        for (Check check : UsageChecks.all()) {
            audit = audit.with(check);
        }
        for (Check check : JobChecks.all()) {
            audit = audit.with(check);
        }
        for (Check check : PaymentChecks.all()) {
            audit = audit.with(check);
        }
        return audit;
    }

    /** The same, and every charge reckoned again. */
    public static Audit of(Database database, PriceBook prices) {
        return of(database).with(new PriceCheck(prices));
    }

    /** The same audit with one more check. */
    public Audit with(Check more) {
        List<Check> all = new ArrayList<>(checks);
        all.add(more);
        return new Audit(database, all);
    }

    /**
     * The checks of what is newer than a moment up to which everything was verified, and its sums kept. They cost little where a full
     * audit reads every transfer that ever was; what they can't tell, a full one does.
     */
    public static List<Check> ofNew(Instant since, PriceBook prices) {
        return NewChecks.all(since, prices);
    }

    /** What the transfers that are newer than a moment, and than an organization's kept sums, did to accounts. */
    public static String deltas() {
        return NewChecks.DELTAS;
    }

    /** Its checks, in their order; those that hold only at rest too when that is asked for. */
    public List<Check> checks(boolean atRest) {
        return checks.stream().filter(check -> atRest || !check.atRestOnly()).toList();
    }

    /**
     * Runs every check, all on one snapshot.
     *
     * @param atRest whether no request is being worked on, so that the checks which hold only then run too
     */
    public List<CheckResult> run(boolean atRest) {
        return database.read(tx -> run(tx, atRest));
    }

    /** Runs every check on the caller's snapshot. */
    public List<CheckResult> run(Tx tx, boolean atRest) {
        return checks(atRest).stream().map(check -> check.run(tx)).toList();
    }
}
