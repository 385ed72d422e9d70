package dev.millrace.billing.allowance;

import dev.millrace.access.Principal;
import dev.millrace.billing.Bill;
import dev.millrace.billing.Billing;
import dev.millrace.billing.BillingSettings;
import dev.millrace.billing.Quote;
import dev.millrace.billing.Unpaid;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.db.Database;
import dev.millrace.id.RequestId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Wallet;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A node that lets requests in as the relay does: from a block, or else with a hold of their own; a token costs a micro-dollar. */
final class Booth implements AutoCloseable {
    final Billing billing;
    final Allowances allowances;
    final AtomicReference<Optional<Problem>> stop = new AtomicReference<>(Optional.empty());
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TestingRooms rooms;
    private final Database database;
    private final String version;

    Booth(TestingRooms rooms, Database database, String name) {
        this(rooms, database, name, Pace.USUAL.atOnce());
    }

    Booth(TestingRooms rooms, Database database, String name, Pace pace) {
        this(rooms, database, name, pace, new Wallet());
    }

    Booth(TestingRooms rooms, Database database, String name, Pace pace, Wallet wallet) {
        this.rooms = rooms;
        this.database = database;
        this.billing = TestingBilling.of(wallet, rooms.quotes, new PriceVersionStore()::find, rooms.ids);
        this.version = rooms.catalog.find("test/text").orElseThrow().prices().version();
        this.allowances = new Allowances(new AllowanceParts(
                database,
                rooms.dueWork,
                billing,
                who -> stop.get(),
                rooms.ids,
                rooms.db.clock(),
                metrics,
                name,
                BillingSettings.DEFAULTS.withBlocks(),
                pace));
        allowances.start();
    }

    /** A request that was let in. */
    record Ticket(RequestId id, Money max, @Nullable Grant grant) {
        boolean ofBlock() {
            return grant != null;
        }

        HoldId hold() {
            return HoldId.of(id);
        }
    }

    /** Holds for a request, whichever way. */
    Ticket enter(Principal who, Money max) {
        RequestId id = rooms.ids.request();
        Quote quote = new Quote(null, "test/text", version, max, max, null);
        Grant grant = allowances.grant(HoldId.of(id), who, quote);
        if (grant == null) {
            billing.reserves()
                    .insist(
                            who.organization(),
                            () -> database.writer()
                                    .<Boolean>write(who.organization().text(), tx -> {
                                        billing.hold(tx, who.spender(), HoldId.of(id), quote);
                                        return rooms.dueWork.add(
                                                tx,
                                                "live",
                                                id.text(),
                                                who.organization().text(),
                                                tx.now().plus(Duration.ofHours(1)));
                                    }));
        }
        return new Ticket(id, max, grant);
    }

    /** The same; empty when it was refused. */
    Optional<Ticket> tryEnter(Principal who, Money max) {
        try {
            return Optional.of(enter(who, max));
        } catch (ProblemException refused) {
            return Optional.empty();
        }
    }

    /** Ends a request that made so many tokens; what it was charged. */
    Money settle(Principal who, Ticket ticket, long tokens) {
        Bill bill = new Bill(
                who.key(),
                "test/text",
                version,
                Json.object(),
                Units.of(Unit.OUTPUT_TOKEN, tokens),
                UnitsSource.UPSTREAM,
                "one",
                Modality.LANGUAGE,
                "tests",
                Money.ZERO,
                UsageStatus.COMPLETED,
                null,
                5,
                1L);
        Grant grant = ticket.grant();
        if (grant != null) {
            return grant.settle(bill, List.of());
        }
        return database.writer().write(who.organization().text(), tx -> {
            rooms.dueWork.removeUnclaimed(tx, "live", ticket.id().text());
            return billing.settle(tx, ticket.hold(), bill).orElseThrow().charge();
        });
    }

    /** Ends a request that made nothing. */
    void release(Principal who, Ticket ticket) {
        Grant grant = ticket.grant();
        if (grant != null) {
            grant.release(Unpaid.abandoned(), List.of());
            return;
        }
        database.writer().<Boolean>write(who.organization().text(), tx -> {
            rooms.dueWork.removeUnclaimed(tx, "live", ticket.id().text());
            return billing.release(tx, ticket.hold(), Unpaid.abandoned());
        });
    }

    /** Ends it as a node that is told to end does: what was granted is written, and the rest given back. */
    void shut() {
        allowances.close();
    }

    @Override
    public void close() {
        shut();
    }
}
