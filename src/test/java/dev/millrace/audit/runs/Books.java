package dev.millrace.audit.runs;

import dev.millrace.admission.AdmittedText;
import dev.millrace.audit.Audit;
import dev.millrace.billing.Bill;
import dev.millrace.catalog.PriceVersionStore;
import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.id.RequestId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.util.List;

/** Rooms with charges in them, and an audit whose mark goes up to now. */
public final class Books {
    public final TestDatabase db;
    public final TestingRooms rooms;
    public final AuditRuns runs;

    public Books(TestDatabase db) {
        this.db = db;
        this.rooms = new TestingRooms(db);
        PriceVersionStore prices = new PriceVersionStore();
        this.runs = new AuditRuns(
                db.database(),
                Audit.of(db.database(), prices::find),
                prices::find,
                rooms.ids,
                new Trail(rooms.ids),
                Duration.ofMillis(1));
    }

    /** Opens a hold that belongs to nobody. */
    public HoldId hold() {
        RequestId id = rooms.ids.request();
        AdmittedText request = rooms.text("hello");
        db.writer().<Boolean>write(rooms.organization.text(), tx -> {
            rooms.billing.hold(tx, rooms.principal.spender(), HoldId.of(id), request.quote());
            return true;
        });
        return HoldId.of(id);
    }

    /** One live request, charged for so many tokens. */
    public HoldId charge(long tokens) {
        HoldId id = hold();
        settle(id, tokens, Money.ZERO, "one");
        return id;
    }

    /** Ends a hold with a charge for so many tokens, by an upstream that asks so much. */
    public void settle(HoldId id, long tokens, Money upstreamCost, String provider) {
        AdmittedText request = rooms.text("hello");
        Bill bill = new Bill(
                rooms.principal.key(),
                request.model().id(),
                request.quote().priceVersion(),
                Json.object(),
                Units.of(Unit.OUTPUT_TOKEN, tokens),
                UnitsSource.UPSTREAM,
                provider,
                Modality.LANGUAGE,
                "tests",
                upstreamCost,
                UsageStatus.COMPLETED,
                null,
                1,
                null);
        db.writer()
                .<Boolean>write(
                        rooms.organization.text(),
                        tx -> rooms.billing.settle(tx, id, bill).isPresent());
    }

    /** Lets the ledger be changed. */
    public static void unlock(Tx tx) {
        String on = tx.dialect() == SqlDialect.POSTGRESQL ? " on transfers" : "";
        tx.update("drop trigger transfers_are_never_changed" + on);
        tx.update("drop trigger transfers_are_never_deleted" + on);
    }

    /** The opposite of {@link #unlock}. */
    public static void lock(Tx tx) {
        for (String what : List.of("update", "delete")) {
            String name = what.equals("update") ? "transfers_are_never_changed" : "transfers_are_never_deleted";
            String then = tx.dialect() == SqlDialect.POSTGRESQL
                    ? " for each row execute function ledger_is_append_only()"
                    : " begin select raise(abort, 'the ledger is append-only'); end";
            tx.update("create trigger " + name + " before " + what + " on transfers" + then);
        }
    }
}
