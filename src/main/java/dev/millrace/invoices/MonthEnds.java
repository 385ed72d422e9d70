package dev.millrace.invoices;

import dev.millrace.db.Database;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.trail.Actor;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Closes the month of every organization that gets invoices, some time behind its end by the organization's calendar. */
public final class MonthEnds implements AutoCloseable {
    private final Invoices invoices;
    private final Database database;
    private final DueWork dueWork;
    private final Workers workers;

    /** @param owner names this start of this node */
    public MonthEnds(Invoices invoices, DueWork dueWork, String owner, MeterRegistry metrics) {
        this.invoices = invoices;
        this.database = invoices.database();
        this.dueWork = dueWork;
        WorkersSettings slow = WorkersSettings.DEFAULTS.withMaxRunning(2).withPace(Duration.ofSeconds(30));
        this.workers = new Workers(database, dueWork, Invoices.KIND, owner, slow, this::close, metrics);
    }

    /** Begins; whoever gets invoices has its closing written down, whatever happened to it. */
    public void start() {
        database.writer().write(Invoices.KIND, tx -> {
            for (OrganizationId organization : invoices.invoiced(tx)) {
                dueWork.add(
                        tx,
                        Invoices.KIND,
                        organization.text(),
                        organization.text(),
                        invoices.nextClosing(tx, organization));
            }
            return true;
        });
        workers.start();
    }

    private void close(Claim claim, LeaseGuard guard) {
        OrganizationId organization = OrganizationId.parse(claim.id()).orElseThrow();
        invoices.<Boolean>closeDue(organization, (tx, reading) -> {
            if (!dueWork.holds(tx, claim)) {
                return false;
            }
            boolean invoiced = invoices.profile(tx, organization)
                    .filter(BillingProfile::invoicing)
                    .isPresent();
            if (!invoiced) {
                return dueWork.finish(tx, claim);
            }
            invoices.close(tx, organization, reading, Actor.system());
            return dueWork.reschedule(tx, claim, invoices.nextClosing(tx, organization));
        });
    }

    @Override
    public void close() {
        workers.close();
    }
}
