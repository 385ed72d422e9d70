package dev.millrace.invoices;

import dev.millrace.billing.Bill;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Invoices with real rooms around them, and an organization with a credit line of 1,000 USD and nothing else. */
final class Bureau {
    static final Actor OPERATOR = Actor.commandLine();

    final TestDatabase db;
    final TestingRooms rooms;
    final DueWork dueWork = new DueWork();
    final Invoices invoices;
    final OrganizationId organization;
    final KeyId key = new KeyId("keyofaccounting1");
    private long numbers;

    /** By whose calendar everybody lives. */
    volatile ZoneId zone = ZoneOffset.UTC;

    Bureau(TestDatabase db) {
        this(db, InvoiceSettings.DEFAULTS);
    }

    Bureau(TestDatabase db, InvoiceSettings settings) {
        this.db = db;
        this.rooms = new TestingRooms(db);
        this.invoices = new Invoices(new InvoiceParts(
                db.database(),
                rooms.billing,
                rooms.wallet,
                new UsageStore(),
                dueWork,
                new Trail(rooms.ids),
                (tx, who) -> zone,
                settings));
        this.organization = customer("Acme & Søns GmbH");
    }

    /** Another customer that gets invoices. */
    OrganizationId customer(String name) {
        OrganizationId made = rooms.funded(Money.ZERO);
        db.writer().write(made.text(), tx -> {
            rooms.wallet.setCreditLine(tx, made, Money.usd("1000"));
            return invoices.set(
                    tx,
                    made,
                    new ProfileWish(
                            true,
                            name,
                            "Hauptstraße 1\n10115 Berlin",
                            "Germany",
                            "DE123456789",
                            TaxRate.parse("19"),
                            null,
                            30L),
                    OPERATOR);
        });
        return made;
    }

    /** So many tokens of {@code test/text}, a micro-dollar each, settled now. */
    HoldId used(OrganizationId who, KeyId by, long tokens) {
        HoldId hold = new HoldId("live:0000-" + numbers++);
        Model model = rooms.catalog.find("test/text").orElseThrow();
        ObjectNode parameters = model.checked(Json.object(), UnknownFields.IGNORE);
        Units units = Units.of(Unit.INPUT_TOKEN, tokens);
        db.writer().write(who.text(), tx -> {
            var quote = rooms.quotes.price(model, parameters, units);
            rooms.billing.hold(tx, Spender.of(who, by), hold, quote);
            return rooms.billing.settle(
                    tx,
                    hold,
                    new Bill(
                            by,
                            model.id(),
                            quote.priceVersion(),
                            parameters,
                            units,
                            UnitsSource.UPSTREAM,
                            "one",
                            Modality.LANGUAGE,
                            "tests",
                            Money.ZERO,
                            UsageStatus.COMPLETED,
                            null,
                            5,
                            null));
        });
        return hold;
    }

    void used(long tokens) {
        used(organization, key, tokens);
    }

    Optional<Invoice> close() {
        db.letTimePass(Duration.ofMillis(5));
        return invoices.closeNow(organization, OPERATOR);
    }

    Invoice pay(Invoice invoice, String reference, String usd) {
        return db.writer().write("x", tx -> invoices.pay(tx, invoice.number(), reference, Money.usd(usd), OPERATOR));
    }

    FullInvoice full(String number) {
        return db.database().read(tx -> invoices.find(tx, number)).orElseThrow();
    }

    Money owed() {
        return db.database()
                .read(tx -> rooms.wallet.creditLine(tx, organization))
                .owed();
    }

    List<Invoice> all() {
        return db.database().read(tx -> invoices.list(tx, null, null, 100)).invoices();
    }

    Invoice takeBack(Invoice invoice) {
        return db.writer().write("x", tx -> invoices.takeBack(tx, invoice.number(), "wrong address", OPERATOR));
    }

    /** Checks money, invoices included. */
    void end() {
        MoneyChecker.atRest(db.database());
        rooms.close();
    }
}
