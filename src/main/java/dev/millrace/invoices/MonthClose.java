package dev.millrace.invoices;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageCharge;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.WalletSums;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Closes what an organization was charged up to a moment, and writes the invoice. A line is what the ledger has for a window less what
 * invoices have of it that are not void: so a repeat writes nothing, and what came late, or stood on an invoice that was taken back, comes
 * on the next.
 */
final class MonthClose {
    private record Place(String model, String key) {}

    private final InvoiceStore invoices;
    private final ProfileStore profiles;
    private final UsageStore usage;
    private final WalletSums wallet = new WalletSums();
    private final InvoiceSettings settings;

    MonthClose(InvoiceStore invoices, ProfileStore profiles, UsageStore usage, InvoiceSettings settings) {
        this.invoices = invoices;
        this.profiles = profiles;
        this.usage = usage;
        this.settings = settings;
    }

    /**
     * Closes up to a moment that has passed.
     *
     * @return the invoice; empty when there was nothing to bill
     */
    Optional<Invoice> close(Tx tx, BillingProfile profile, Instant until, ZoneId zone, Charges charges) {
        List<InvoiceLine> lines = lines(tx, profile, until, charges);
        Money subtotal = lines.stream().map(InvoiceLine::amount).reduce(Money.ZERO, Money::plus);
        Window window = new Window(profile.closedUntil(), until);
        Money granted = wallet.chargedToGrants(tx, profile.organization(), window.from(), window.until());
        Money grants = profile.grantsSeen().plus(granted);
        Money own = profile.carried().plus(cameIn(tx, profile, window)).plus(granted);
        Money applied = Money.min(subtotal, own);
        Money due = subtotal.minus(applied);
        Money net = Rounding.cents(due.toDecimal());
        if (lines.isEmpty() && net.isZero()) {
            profiles.close(tx, profile, until, own, grants);
            return Optional.empty();
        }
        Money rounding = net.minus(due);
        if (!profiles.close(tx, profile, until, own.minus(applied).plus(rounding), grants)) {
            throw new IllegalStateException("bug: two closings of one organization in one transaction");
        }
        Window period = period(profile, lines, window);
        TaxRate rate = rate(profile);
        Money tax = rate.on(net);
        long sequence = invoices.next(tx);
        long days = Objects.requireNonNullElse(profile.dueDays(), (long) settings.dueDays());
        Invoice invoice = new Invoice(
                settings.prefix() + String.format(java.util.Locale.ROOT, "%06d", sequence),
                sequence,
                profile.organization(),
                net.isZero() ? InvoiceStatus.PAID : InvoiceStatus.OPEN,
                period.from(),
                period.until(),
                zone,
                tx.now(),
                tx.now().atZone(zone).plusDays(days).toInstant(),
                settings.seller(),
                profile.buyer(),
                subtotal,
                applied,
                rounding,
                net,
                rate,
                tax,
                profile.reverseCharge() ? settings.reverseChargeNote() : "",
                net.plus(tax),
                Money.ZERO,
                Money.ZERO,
                null);
        invoices.add(tx, invoice, lines);
        return Optional.of(invoice);
    }

    /** What the invoice is about; one that has only what is brought forward is about the time that is closed, or was closed last. */
    private static Window period(BillingProfile profile, List<InvoiceLine> lines, Window window) {
        Window otherwise =
                window.from().isBefore(window.until()) ? window : new Window(profile.previousFrom(), window.until());
        return new Window(
                lines.stream().map(InvoiceLine::from).min(Instant::compareTo).orElse(otherwise.from()),
                lines.stream().map(InvoiceLine::until).max(Instant::compareTo).orElse(otherwise.until()));
    }

    private TaxRate rate(BillingProfile profile) {
        return profile.reverseCharge()
                ? new TaxRate(0)
                : Objects.requireNonNullElseGet(profile.taxRate(), () -> TaxRate.parse(settings.taxRate()));
    }

    /** What stood on invoices that were taken back, and is on no other yet. */
    Money taken(Tx tx, OrganizationId organization) {
        return invoices.taken(tx, organization).stream()
                .flatMap(window -> unbilled(tx, organization, window, inside()).stream())
                .map(InvoiceLine::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    /** The charges of every window that a closing looks at, read as one moment sees them, for a closing that comes soon. */
    ReadCharges read(Tx tx, BillingProfile profile, Instant until) {
        return new ReadCharges(tx, usage, profile.organization(), windows(tx, profile, until));
    }

    /** Charges that are summed where the closing is. */
    Charges inside() {
        return (tx, organization, window) -> usage.charges(tx, organization, window.from(), window.until());
    }

    private List<InvoiceLine> lines(Tx tx, BillingProfile profile, Instant until, Charges charges) {
        List<InvoiceLine> lines = new ArrayList<>();
        windows(tx, profile, until)
                .forEach(window -> lines.addAll(unbilled(tx, profile.organization(), window, charges)));
        return lines;
    }

    private List<Window> windows(Tx tx, BillingProfile profile, Instant until) {
        Window now = new Window(profile.closedUntil(), until);
        Window before = new Window(profile.previousFrom(), profile.closedUntil());
        return Stream.concat(Stream.of(before, now), invoices.taken(tx, profile.organization()).stream())
                .filter(window -> window.from().isBefore(window.until()))
                .distinct()
                .sorted(Comparator.comparing(Window::from))
                .toList();
    }

    private List<InvoiceLine> unbilled(Tx tx, OrganizationId organization, Window window, Charges charges) {
        Map<Place, InvoiceLine> billed = new HashMap<>();
        invoices.billed(tx, organization, window.from())
                .forEach(line -> billed.put(new Place(line.model(), line.key()), line));
        List<InvoiceLine> lines = new ArrayList<>();
        for (UsageCharge charge : charges.of(tx, organization, window)) {
            String key = charge.key().text();
            InvoiceLine known = billed.get(new Place(charge.model(), key));
            Money amount = known == null ? charge.charge() : charge.charge().minus(known.amount());
            long requests = known == null ? charge.requests() : charge.requests() - known.requests();
            if (amount.isPositive() || requests > 0) {
                lines.add(new InvoiceLine(window.from(), window.until(), charge.model(), key, requests, amount));
            }
        }
        lines.sort(Comparator.comparing(InvoiceLine::model).thenComparing(InvoiceLine::key));
        return lines;
    }

    /** Money of the organization's own that came in since, or went: not for invoices, and not lent. */
    private Money cameIn(Tx tx, BillingProfile profile, Window window) {
        return wallet.cameIn(tx, profile.organization(), window.from(), window.until())
                .minus(invoices.credited(tx, profile.organization(), window));
    }
}
