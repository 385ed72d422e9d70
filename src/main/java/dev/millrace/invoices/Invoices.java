package dev.millrace.invoices;

import dev.millrace.billing.Billing;
import dev.millrace.db.Database;
import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.Zones;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.CreditLine;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Wallet;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bills organizations that pay behind their use, and books what they pay. Safe for all threads. */
public final class Invoices {
    /** The due work of closing an organization's month. */
    static final String KIND = "invoice";

    /** How often charges are read beside the lane before they are read in it. */
    private static final int READINGS = 3;

    private final InvoiceStore store = new InvoiceStore();
    private final ProfileStore profiles = new ProfileStore();
    private final Database database;
    private final Billing billing;
    private final Wallet wallet;
    private final DueWork dueWork;
    private final Trail trail;
    private final Zones zones;
    private final InvoiceSettings settings;
    private final MonthClose months;

    public Invoices(InvoiceParts parts) {
        this.database = parts.database();
        this.billing = parts.billing();
        this.wallet = parts.wallet();
        this.dueWork = parts.dueWork();
        this.trail = parts.trail();
        this.zones = parts.zones();
        this.settings = parts.settings();
        this.months = new MonthClose(store, profiles, parts.usage(), settings);
    }

    /** How an organization is billed; empty when that was never set. */
    public Optional<BillingProfile> profile(Tx tx, OrganizationId organization) {
        return profiles.find(tx, organization);
    }

    /**
     * Sets how an organization is billed. Where invoicing is switched on, its first invoice has what is charged from now on.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code legal_name} when an organization that gets invoices has none
     */
    public BillingProfile set(Tx tx, OrganizationId organization, ProfileWish wish, Actor actor) {
        alone(tx, organization);
        Optional<BillingProfile> known = profiles.find(tx, organization);
        BillingProfile before = known.orElseGet(() -> new BillingProfile(
                organization, false, "", "", "", "", null, false, null, tx.now(), tx.now(), Money.ZERO, Money.ZERO));
        BillingProfile after = new BillingProfile(
                organization,
                Objects.requireNonNullElse(wish.invoicing(), before.invoicing()),
                Objects.requireNonNullElse(wish.legalName(), before.legalName()),
                Objects.requireNonNullElse(wish.address(), before.address()),
                Objects.requireNonNullElse(wish.country(), before.country()),
                Objects.requireNonNullElse(wish.vatId(), before.vatId()),
                wish.taxRate() == null ? before.taxRate() : wish.taxRate(),
                Objects.requireNonNullElse(wish.reverseCharge(), before.reverseCharge()),
                wish.dueDays() == null ? before.dueDays() : wish.dueDays(),
                before.closedUntil(),
                before.previousFrom(),
                before.carried(),
                before.grantsSeen());
        if (after.invoicing() && after.legalName().isBlank()) {
            throw Problem.parameter("legal_name", "is needed on invoices.").toException();
        }
        profiles.set(tx, after);
        if (after.invoicing() && !before.invoicing()) {
            begin(tx, organization);
        }
        trail.write(
                tx,
                actor.about(organization),
                "billing.set",
                "organization:" + organization,
                Map.of(
                        "invoicing",
                        String.valueOf(after.invoicing()),
                        "changed",
                        String.join(",", after.changedSince(before))));
        return profiles.find(tx, organization).orElseThrow();
    }

    private void begin(Tx tx, OrganizationId organization) {
        CreditLine line = wallet.creditLine(tx, organization);
        Money own = line.owed().isPositive()
                ? line.owed().negate()
                : wallet.balance(tx, organization)
                        .total()
                        .minus(line.line())
                        .minus(store.leftOfGrants(tx, organization));
        // What is owed on open invoices, or comes again from void ones as lines, is not brought forward besides.
        Money carried = own.plus(store.outstanding(tx, organization)).plus(months.taken(tx, organization));
        profiles.begin(tx, organization, tx.now(), carried, Money.ZERO);
        dueWork.add(tx, KIND, organization.text(), organization.text(), nextClosing(tx, organization));
    }

    /** From here on nothing of the organization is charged beside this transaction. */
    private void alone(Tx tx, OrganizationId organization) {
        billing.free(tx, organization); // it takes the lock of the wallet
    }

    /** When the month is closed in which the moment of now lies. */
    Instant nextClosing(Tx tx, OrganizationId organization) {
        ZoneId zone = zones.of(tx, organization);
        return tx.now()
                .minus(settings.closeAfter())
                .atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .plusMonths(1)
                .atStartOfDay(zone)
                .toInstant()
                .plus(settings.closeAfter());
    }

    /** The beginning of the month by the organization's calendar, which is the end of the month to close. */
    private Instant monthEnd(Tx tx, OrganizationId organization, Instant before) {
        ZoneId zone = zones.of(tx, organization);
        return before.atZone(zone)
                .toLocalDate()
                .withDayOfMonth(1)
                .atStartOfDay(zone)
                .toInstant();
    }

    /**
     * Closes the last month of an organization, by its calendar, and writes its invoice. A repeat writes nothing, unless something came
     * late or was taken back.
     *
     * @return the invoice; empty when there was nothing to bill
     * @throws ProblemException {@code INVALID_REQUEST} when the organization gets no invoices
     */
    public Optional<Invoice> closeMonth(OrganizationId organization, Actor actor) {
        return closing(
                organization,
                tx -> monthEnd(tx, organization, tx.now()),
                (tx, reading) -> close(tx, organization, reading, actor));
    }

    /** The same up to this very moment, as when a customer leaves. */
    public Optional<Invoice> closeNow(OrganizationId organization, Actor actor) {
        return closing(organization, Tx::now, (tx, reading) -> close(tx, organization, reading, actor));
    }

    /**
     * Does the due closing of the last month that ended long enough ago, so that what still ran then has ended.
     *
     * @param within what else its transaction does around the closing, and whether the closing is to be at all
     */
    <R> R closeDue(OrganizationId organization, Closing<R> within) {
        return closing(organization, tx -> monthEnd(tx, organization, tx.now().minus(settings.closeAfter())), within);
    }

    /** Closes an organization that gets invoices with what was read for it. */
    Optional<Invoice> close(Tx tx, OrganizationId organization, Reading reading, Actor actor) {
        return close(tx, organization, reading.until(), reading.charges(), actor);
    }

    /** Up to when something is closed, and the charges until then. */
    record Reading(Instant until, Charges charges) {}

    /** A transaction with a closing in it. */
    interface Closing<R> {
        R run(Tx tx, Reading reading);
    }

    /** Up to when to close, as a transaction sees it. */
    private interface Boundary {
        Instant of(Tx tx);
    }

    /** A month of charges is summed beside the lane of the organization; where they changed meanwhile they are summed again, in the end within it. */
    private <R> R closing(OrganizationId organization, Boundary boundary, Closing<R> closing) {
        for (int i = 0; i < READINGS; i++) {
            Reading reading = database.read(tx -> read(tx, organization, boundary.of(tx)));
            try {
                return database.writer().write(organization.text(), tx -> closing.run(tx, reading));
            } catch (ReadCharges.StaleException changed) {
                // They are read again.
            }
        }
        return database.writer()
                .write(organization.text(), tx -> closing.run(tx, new Reading(boundary.of(tx), months.inside())));
    }

    private Reading read(Tx tx, OrganizationId organization, Instant until) {
        Charges none = (within, who, window) -> {
            throw new ReadCharges.StaleException(); // invoicing was switched on meanwhile
        };
        return new Reading(
                until,
                profiles.find(tx, organization)
                        .filter(BillingProfile::invoicing)
                        .<Charges>map(profile -> months.read(tx, profile, end(profile, until)))
                        .orElse(none));
    }

    private static Instant end(BillingProfile profile, Instant until) {
        return until.isBefore(profile.closedUntil()) ? profile.closedUntil() : until;
    }

    private Optional<Invoice> close(Tx tx, OrganizationId organization, Instant until, Charges charges, Actor actor) {
        alone(tx, organization);
        BillingProfile profile = profiles.find(tx, organization)
                .filter(BillingProfile::invoicing)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_REQUEST, "The organization gets no invoices; switch invoicing on first."));
        Optional<Invoice> made = months.close(tx, profile, end(profile, until), zones.of(tx, organization), charges);
        made.ifPresent(invoice -> trail.write(
                tx,
                actor.about(organization),
                "invoice.issue",
                "invoice:" + invoice.number(),
                Map.of("total_usd", invoice.total().toUsd())));
        return made;
    }

    /** An invoice with all that stands on it. */
    public Optional<FullInvoice> find(Tx tx, String number) {
        return store.find(tx, number)
                .map(invoice -> new FullInvoice(invoice, store.lines(tx, number), store.payments(tx, number)));
    }

    /** An invoice as a PDF file. */
    public byte[] pdf(FullInvoice full) {
        return InvoicePdf.of(full, settings.fonts());
    }

    /** Invoices, newest first; a null organization means all. */
    public InvoicePage list(Tx tx, @Nullable OrganizationId organization, @Nullable String cursor, int limit) {
        List<Invoice> found = store.after(tx, organization, cursor, limit + 1);
        if (found.size() <= limit) {
            return new InvoicePage(found, null);
        }
        Invoice last = found.get(limit - 1);
        return new InvoicePage(
                List.copyOf(found.subList(0, limit)), new Keyset(last.issuedAt(), last.number()).cursor());
    }

    /**
     * Books a payment against an invoice: the wallet is credited with all of it but the tax. The same reference counts once.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code INVALID_PARAMETER} on {@code amount_usd} when it is more than is open or not
     *     whole cents, on {@code reference} when it stands with another amount; {@code INVALID_REQUEST} when the invoice is void
     */
    public Invoice pay(Tx tx, String number, String reference, Money amount, Actor actor) {
        Invoice invoice = require(tx, number);
        if (!reference.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw Problem.parameter("reference", "has 1 to 64 letters, digits, dots, hyphens and underscores.")
                    .toException();
        }
        Optional<InvoicePayment> known = store.payment(tx, number, reference);
        if (known.isPresent()) {
            if (known.get().amount().equals(amount)) {
                return invoice;
            }
            throw Problem.parameter("reference", "stands with another amount; give each payment its own.")
                    .toException();
        }
        if (invoice.status() == InvoiceStatus.VOID) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The invoice is void; book against its successor.");
        }
        if (!amount.isPositive()
                || !Rounding.cents(amount.toDecimal()).equals(amount)
                || amount.compareTo(invoice.open()) > 0) {
            throw Problem.parameter(
                            "amount_usd",
                            "must be whole cents, above zero, and at most what is open: " + invoice.open() + ".")
                    .toException();
        }
        Money credited = Rounding.share(invoice.net(), invoice.paid().plus(amount), invoice.total())
                .minus(invoice.credited());
        store.pay(tx, number, new InvoicePayment(reference, amount, credited, tx.now()));
        if (!store.paid(tx, invoice, amount, credited)) {
            throw new IllegalStateException("bug: an invoice changed within a transaction");
        }
        if (credited.isPositive()) {
            billing.topUp(tx, invoice.organization(), "invoice:" + number + ":" + reference, credited, Funding.CASH_IN);
        }
        trail.write(
                tx,
                actor.about(invoice.organization()),
                "invoice.pay",
                "invoice:" + number,
                Map.of("amount_usd", amount.toUsd(), "reference", reference));
        return require(tx, number);
    }

    /**
     * Takes an invoice back on which nothing was paid; what stands on it comes on the next one. Repeatable.
     *
     * @throws ProblemException {@code NOT_FOUND}; {@code INVALID_REQUEST} when something was paid
     */
    public Invoice takeBack(Tx tx, String number, String reason, Actor actor) {
        Invoice invoice = require(tx, number);
        if (invoice.status() == InvoiceStatus.VOID) {
            return invoice;
        }
        if (reason.isBlank() || reason.length() > 200 || reason.chars().anyMatch(Character::isISOControl)) {
            throw Problem.parameter("reason", "has 1 to 200 letters.").toException();
        }
        if (!store.takeBack(tx, number, reason.strip())) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "Something was paid on this invoice; it can not be taken back.");
        }
        profiles.carry(tx, invoice.organization(), invoice.applied().minus(invoice.rounding()));
        trail.write(
                tx,
                actor.about(invoice.organization()),
                "invoice.void",
                "invoice:" + number,
                Map.of("reason", reason.strip()));
        return require(tx, number);
    }

    /** In what an organization's invoices are written down, for who has none yet. */
    List<OrganizationId> invoiced(Tx tx) {
        return profiles.invoiced(tx);
    }

    Database database() {
        return database;
    }

    private Invoice require(Tx tx, String number) {
        return store.find(tx, number)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such invoice."));
    }
}
