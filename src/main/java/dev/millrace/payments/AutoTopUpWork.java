package dev.millrace.payments;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Begins automatic payments: one for a wallet that fell below its threshold, when none is under way, and within the month's ceiling. The
 * row is made in the transaction that looks; the payment itself is due work of its own.
 */
final class AutoTopUpWork implements AutoCloseable {
    private static final String SWEEP = "auto-topups";
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int BATCH = 500;

    private final Database database;
    private final DueWork dueWork;
    private final Wallet wallet;
    private final Trail trail;
    private final IdSource ids;
    private final PaymentSettings settings;
    private final TopUpStore topUps;
    private final AutoTopUpStore automatic;
    private final Workers workers;
    private final Workers sweepers;

    AutoTopUpWork(PaymentParts parts, TopUpStore topUps, AutoTopUpStore automatic) {
        this.database = parts.database();
        this.dueWork = parts.dueWork();
        this.wallet = parts.wallet();
        this.trail = parts.trail();
        this.ids = parts.ids();
        this.settings = parts.settings();
        this.topUps = topUps;
        this.automatic = automatic;
        this.workers = workers(parts, AutoTopUpTrigger.KIND, 4, this::look);
        this.sweepers = workers(parts, SWEEP, 1, this::sweep);
    }

    private static Workers workers(PaymentParts parts, String kind, int most, dev.millrace.lease.WorkHandler handler) {
        WorkersSettings settings = WorkersSettings.DEFAULTS.withMaxRunning(most);
        return new Workers(parts.database(), parts.dueWork(), kind, parts.owner(), settings, handler, parts.metrics());
    }

    void start() {
        database.writer().write(SWEEP, tx -> dueWork.add(tx, SWEEP, SWEEP, SWEEP, tx.now()));
        workers.start();
        sweepers.start();
    }

    private void look(Claim claim, LeaseGuard guard) {
        OrganizationId organization = OrganizationId.parse(claim.id()).orElseThrow();
        database.writer().write(organization.text(), tx -> {
            boolean ours = dueWork.finish(tx, claim);
            return ours && fill(tx, organization);
        });
    }

    /** Begins a payment when one is needed; false when not. */
    boolean fill(Tx tx, OrganizationId organization) {
        AutoTopUp rule = automatic.find(tx, organization).orElse(null);
        if (rule == null || !rule.enabled() || rule.customer() == null || rule.method() == null) {
            return false;
        }
        boolean enough = wallet.balance(tx, organization).available().compareTo(rule.threshold()) >= 0;
        if (enough
                || topUps.automaticPending(tx, organization)
                || topUps.owed(tx, organization).isPositive()
                || automatic.suspended(tx, organization)) {
            return false;
        }
        Money thisMonth = topUps.automatic(tx, organization, monthOf(tx.now()));
        if (thisMonth.plus(rule.amount()).compareTo(rule.ceiling()) > 0) {
            return false;
        }
        TopUp row = TopUp.fresh(
                ids.uuid().toString(),
                organization,
                TopUpKind.AUTOMATIC,
                rule.amount(),
                settings.live(),
                false,
                "",
                "",
                tx.now());
        topUps.add(tx, row);
        dueWork.add(tx, Bookings.KIND, row.id(), organization.text(), tx.now());
        trail.write(
                tx,
                Actor.system().about(organization),
                "topup.begin",
                Bookings.subject(row),
                Map.of("amount_usd", row.amount().toUsd(), "kind", row.kind().code()));
        return true;
    }

    /** Has every wallet below its threshold looked at, whatever was missed. */
    private void sweep(Claim claim, LeaseGuard guard) {
        database.writer().write(SWEEP, tx -> {
            List<OrganizationId> below = automatic.below(tx, BATCH);
            below.forEach(organization ->
                    dueWork.add(tx, AutoTopUpTrigger.KIND, organization.text(), organization.text(), tx.now()));
            return dueWork.reschedule(tx, claim, tx.now().plus(EVERY));
        });
    }

    private static Instant monthOf(Instant now) {
        return now.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    @Override
    public void close() {
        workers.close();
        sweepers.close();
    }
}
