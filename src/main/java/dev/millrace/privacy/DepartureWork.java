package dev.millrace.privacy;

import dev.millrace.assets.Assets;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.BillingProfile;
import dev.millrace.invoices.Invoices;
import dev.millrace.invoices.ProfileWish;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Wallet;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Empties organizations that were shut: waits for what runs, writes the last invoice, removes the files, and then goes through the
 * inventory. It can stop anywhere: whatever is done already finds no rows the next time. When invoices are kept on, it comes back on the
 * day on which they need not name their buyer any more. Of people who are gone it only tries again to have the database's files forget.
 */
public final class DepartureWork implements AutoCloseable {
    private static final int FILES = 200;
    private static final Duration SOON = Departures.SOON;
    private static final int LONGEST = 60;

    /** With this the id of work begins that is about a person; the others are organizations' ids. */
    private static final String PERSON = "person:";

    private final Database database;
    private final DueWork dueWork;
    private final Trail trail;
    private final Standstill standstill;
    private final Rooms rooms;
    private final Workers workers;
    private final DepartureStore store = new DepartureStore();
    private final RowStore rows = new RowStore();

    /**
     * What it takes to go on, beside what it takes to begin.
     *
     * @param owner names this start of this node
     */
    public record Rooms(
            Invoices invoices,
            Wallet wallet,
            Assets assets,
            InstantSource clock,
            PrivacySettings settings,
            String owner,
            MeterRegistry metrics) {}

    public DepartureWork(Departures departures, Rooms rooms) {
        this.database = departures.rooms().database();
        this.dueWork = departures.rooms().dueWork();
        this.trail = departures.rooms().trail();
        this.standstill = departures.rooms().standstill();
        this.rooms = rooms;
        this.workers = new Workers(
                database,
                dueWork,
                Departures.KIND,
                rooms.owner(),
                WorkersSettings.DEFAULTS.withMaxRunning(2),
                this::work,
                rooms.metrics());
        departures.wakes(workers::wake);
    }

    public void start() {
        workers.start();
    }

    private void work(Claim claim, LeaseGuard guard) {
        if (claim.id().startsWith(PERSON)) {
            forgetPerson(claim);
            return;
        }
        OrganizationId organization = OrganizationId.parse(claim.id()).orElseThrow();
        Subject subject = new Subject.OfOrganization(organization);
        if (database.read(tx -> store.find(tx, subject)).orElseThrow().done()) {
            forgetBuyers(claim, organization);
            return;
        }
        if (!quiet(organization, guard)) {
            later(claim);
            return;
        }
        lastInvoice(organization);
        guard.check();
        for (Entry entry : Inventory.ALL) {
            entry.of(subject).ifPresent(rule -> empty(claim, guard, subject, entry, rule));
        }
        if (database.forget()) {
            database.writer().write(organization.text(), tx -> finish(tx, claim, subject, organization));
        } else {
            later(claim);
        }
    }

    /** A person is gone already; only files of the database may keep something still. */
    private void forgetPerson(Claim claim) {
        if (database.forget()) {
            database.writer().write(claim.part(), tx -> dueWork.finish(tx, claim));
        } else {
            later(claim);
        }
    }

    /** Ends what runs and removes the files; false while something is left. */
    private boolean quiet(OrganizationId organization, LeaseGuard guard) {
        List<String> open = database.read(tx -> store.openJobs(tx, organization));
        for (String job : open) {
            guard.check();
            standstill.cancel(organization, JobId.parse(job).orElseThrow());
        }
        if (!open.isEmpty() || standstill.erasing(organization)) {
            return false;
        }
        if (database.<Boolean>read(tx -> store.wholeJobs(tx, organization) > 0)) {
            database.writer().<Boolean>write(organization.text(), tx -> {
                standstill.erase(tx, organization);
                return true;
            });
            return false;
        }
        while (rooms.assets().eraseAll(organization, rooms.clock().instant(), FILES) == FILES) {
            guard.check();
        }
        return database.<Boolean>read(tx -> store.files(tx, organization) == 0
                && rooms.wallet().balance(tx, organization).held().isZero());
    }

    /** Bills what was not billed yet, before the address is forgotten. A repeat bills nothing twice. */
    private void lastInvoice(OrganizationId organization) {
        boolean invoiced = database.read(tx -> rooms.invoices().profile(tx, organization))
                .filter(BillingProfile::invoicing)
                .isPresent();
        if (invoiced) {
            rooms.invoices().closeNow(organization, Actor.system());
            ProfileWish off = new ProfileWish(false, null, null, null, null, null, null, null);
            database.writer()
                    .write(organization.text(), tx -> rooms.invoices().set(tx, organization, off, Actor.system()));
        }
    }

    private void empty(Claim claim, LeaseGuard guard, Subject subject, Entry entry, Rule rule) {
        Finding finding = Finding.of(subject, null);
        int changed;
        do {
            guard.check();
            changed = database.writer().<Integer>write(claim.part(), tx -> {
                if (!dueWork.holds(tx, claim)) {
                    return 0;
                }
                int done = rows.erase(tx, entry, rule, finding, Departures.BATCH);
                store.count(tx, subject, done == 0 ? Map.of() : Map.of(entry.table(), (long) done));
                return done;
            });
        } while (changed == Departures.BATCH);
    }

    private boolean finish(Tx tx, Claim claim, Subject subject, OrganizationId organization) {
        if (!dueWork.holds(tx, claim) || !store.done(tx, subject)) {
            return false;
        }
        // What is available is the balance and the credit line together.
        Money left = rooms.wallet()
                .balance(tx, organization)
                .available()
                .minus(rooms.wallet().creditLine(tx, organization).line());
        trail.write(
                tx,
                Actor.system().about(organization),
                "organization.erased",
                subject.text(),
                Map.of("balance_left_usd", left.toUsd()));
        return next(tx, organization)
                .map(day -> dueWork.reschedule(tx, claim, day))
                .orElseGet(() -> dueWork.finish(tx, claim));
    }

    private void forgetBuyers(Claim claim, OrganizationId organization) {
        database.writer().write(organization.text(), tx -> {
            store.forgetBuyers(tx, organization, tx.now().minus(rooms.settings().keepInvoices()));
            return next(tx, organization)
                    .map(day -> dueWork.reschedule(tx, claim, day))
                    .orElseGet(() -> dueWork.finish(tx, claim));
        });
    }

    /** When the next invoice need not name its buyer any more. */
    private Optional<Instant> next(Tx tx, OrganizationId organization) {
        return store.oldestBuyer(tx, organization)
                .map(issued -> issued.plus(rooms.settings().keepInvoices()).plus(SOON));
    }

    private void later(Claim claim) {
        Duration pause = SOON.multipliedBy(Math.min(claim.attempt(), LONGEST));
        database.writer()
                .write(
                        claim.part(),
                        tx -> dueWork.reschedule(tx, claim, tx.now().plus(pause)));
    }

    @Override
    public void close() {
        workers.close();
    }
}
