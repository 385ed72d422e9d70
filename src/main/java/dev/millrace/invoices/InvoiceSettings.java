package dev.millrace.invoices;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What stands on every invoice.
 *
 * @param prefix what every number begins with
 * @param sellerName who sends the invoices
 * @param sellerAddress the lines of the address
 * @param sellerVatId the seller's tax number
 * @param sellerContact how to reach the seller, as a mail address
 * @param paymentInstructions how to pay, as an account number
 * @param taxRate the tax on top, in percent, as 19 or 8.1, where an organization has none of its own
 * @param reverseChargeNote what stands on the invoices of those who owe the tax themselves
 * @param dueDays how long there is to pay, where an organization has no time of its own
 * @param closeAfter how long behind the end of a month it is closed, so that what still ran then has ended
 * @param fonts files of TrueType fonts (.ttf, .ttc) for letters that the built-in font of the PDF lacks, as Chinese or Arabic ones
 */
public record InvoiceSettings(
        String prefix,
        String sellerName,
        List<String> sellerAddress,
        String sellerVatId,
        String sellerContact,
        String paymentInstructions,
        String taxRate,
        String reverseChargeNote,
        int dueDays,
        Duration closeAfter,
        List<String> fonts) {
    public static final InvoiceSettings DEFAULTS = new InvoiceSettings(
            "INV-",
            "Millrace",
            List.of(),
            "",
            "",
            "",
            "0",
            "Reverse charge: the tax is owed by the recipient.",
            14,
            Duration.ofHours(1),
            List.of());

    public InvoiceSettings {
        sellerAddress = List.copyOf(sellerAddress);
        fonts = List.copyOf(fonts);
        for (String font : fonts) {
            if (!font.matches("(?i).*\\.tt[fc]") || !Files.isReadable(Path.of(font))) {
                throw new IllegalArgumentException("fonts must be readable files .ttf or .ttc: " + font + " is not");
            }
        }
        if (!prefix.matches("[A-Za-z0-9-]{0,16}")) {
            throw new IllegalArgumentException("prefix has at most 16 letters, digits and hyphens");
        }
        TaxRate.parse(taxRate);
        if (dueDays < 0) {
            throw new IllegalArgumentException("due_days must not be negative");
        }
    }

    Party seller() {
        return new Party(sellerName, sellerAddress, "", sellerVatId, sellerContact, paymentInstructions);
    }
}
