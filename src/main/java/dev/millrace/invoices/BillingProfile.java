package dev.millrace.invoices;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How an organization is billed, and what stands on its invoices.
 *
 * @param invoicing whether it gets an invoice every month
 * @param address its lines, with line breaks between
 * @param taxRate null takes the installation's
 * @param reverseCharge whether it owes the tax itself, so that none is on the invoice
 * @param dueDays null takes the installation's
 * @param closedUntil what was charged before then has been looked at for an invoice
 * @param previousFrom where the window began that was closed last
 * @param carried money of its own, from top-ups and refunds, that no invoice was reduced by yet
 * @param grantsSeen what had been charged to grants up to closedUntil since invoicing began
 */
public record BillingProfile(
        OrganizationId organization,
        boolean invoicing,
        String legalName,
        String address,
        String country,
        String vatId,
        @Nullable TaxRate taxRate,
        boolean reverseCharge,
        @Nullable Long dueDays,
        Instant closedUntil,
        Instant previousFrom,
        Money carried,
        Money grantsSeen) {
    /** The fields that somebody sets and that were otherwise before, by their wire names in order; never what stands in them. */
    SortedSet<String> changedSince(BillingProfile before) {
        SortedSet<String> changed = new TreeSet<>();
        Map<String, Object> then = before.settable();
        settable().forEach((name, value) -> {
            if (!value.equals(then.get(name))) {
                changed.add(name);
            }
        });
        return changed;
    }

    private Map<String, Object> settable() {
        return Map.of(
                "invoicing",
                invoicing,
                "legal_name",
                legalName,
                "address",
                address,
                "country",
                country,
                "vat_id",
                vatId,
                "tax_rate",
                Optional.ofNullable(taxRate),
                "reverse_charge",
                reverseCharge,
                "due_days",
                Optional.ofNullable(dueDays));
    }

    Party buyer() {
        List<String> lines = Arrays.stream(address.split("\n", -1))
                .filter(line -> !line.isBlank())
                .toList();
        return new Party(legalName, lines, country, vatId, "", "");
    }
}
