package dev.millrace.invoices;

import org.jspecify.annotations.Nullable;

/**
 * What of a billing profile is to be; null leaves it as it is.
 *
 * @param address its lines, with line breaks between
 */
public record ProfileWish(
        @Nullable Boolean invoicing,
        @Nullable String legalName,
        @Nullable String address,
        @Nullable String country,
        @Nullable String vatId,
        @Nullable TaxRate taxRate,
        @Nullable Boolean reverseCharge,
        @Nullable Long dueDays) {
    private static final int TEXT_MAX = 500;

    /** @throws IllegalArgumentException when a text is too long or has control characters other than line breaks in the address */
    public ProfileWish {
        checked("legal_name", legalName);
        checked("address", address == null ? null : address.replace("\n", " "));
        checked("country", country);
        checked("vat_id", vatId);
        if (dueDays != null && (dueDays < 0 || dueDays > 365)) {
            throw new IllegalArgumentException("due_days is from 0 to 365");
        }
    }

    private static void checked(String field, @Nullable String text) {
        if (text != null && (text.length() > TEXT_MAX || text.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException(field + " has at most 500 letters and no control characters");
        }
    }
}
