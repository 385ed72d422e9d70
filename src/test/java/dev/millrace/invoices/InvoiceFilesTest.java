package dev.millrace.invoices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice as files: what stands on it stands in them. */
class InvoiceFilesTest {
    @Test
    void the_page_has_all_that_stands_on_the_invoice() throws IOException {
        byte[] bytes = InvoicePdf.of(invoice(6), List.of());
        keep("invoice.pdf", bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            String text = new PDFTextStripper().getText(document);
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(text)
                    .contains("INV-000042", "Acme & Søns GmbH", "VAT DE123456789", "1 October 2026 – 31 October 2026")
                    .contains("black-forest/flux-4-pro", "1,234", "12.345678901", "Rounding to cents", "Tax 19 %")
                    .contains("Brother ? Łódź", "Please pay", "IBAN DE00 1234");
        }
    }

    @Test
    void many_lines_go_on_upon_the_next_page() throws IOException {
        byte[] bytes = InvoicePdf.of(invoice(40), List.of());
        keep("long.pdf", bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(document.getNumberOfPages()).isEqualTo(2);
            assertThat(new PDFTextStripper().getText(document)).contains("page 1 of 2", "page 2 of 2", "Total");
        }
    }

    @Test
    void no_name_and_no_account_number_is_cut() throws IOException {
        FullInvoice usual = invoice(1);
        String name =
                "Gesellschaft für ausgesprochen langwierige Firmenbezeichnungen mit beschränkter Haftung & Co. KGaA";
        String account =
                "Please pay to Example Bank, 1 Very Long Street Name Indeed, account holder Millrace Example Ltd.,"
                        + " IBAN DE00 1234 5678 9012 3456 00, BIC EXAMPLEXX\nor by cheque";
        byte[] bytes = InvoicePdf.of(parties(usual, name, account), List.of());
        keep("names.pdf", bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(text).contains(name, "IBAN DE00 1234 5678 9012 3456 00, BIC EXAMPLEXX or by cheque");
        }
    }

    @Test
    void letters_that_no_font_has_are_question_marks_and_a_font_that_is_not_there_is_told(@TempDir Path folder)
            throws IOException {
        Path font = folder.resolve("more.ttf");
        try (InputStream own =
                PDDocument.class.getResourceAsStream("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf")) {
            Files.copy(Objects.requireNonNull(own), font);
        }
        FullInvoice full = parties(invoice(1), "شركة (Salam) \u05d0\u05d1\u05d2", "IBAN");
        byte[] bytes = InvoicePdf.of(full, settings(font.toString()).fonts());
        keep("letters.pdf", bytes);
        try (PDDocument document = Loader.loadPDF(bytes)) {
            assertThat(new PDFTextStripper().getText(document)).contains("Salam", "????");
        }
        assertThatThrownBy(() -> settings("/nowhere/font.ttf"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/nowhere/font.ttf");
    }

    @Test
    void arabic_letters_are_joined_and_turned_and_others_stay() {
        assertThat(RightToLeft.drawn("Acme & Søns 猫")).isEqualTo("Acme & Søns 猫");
        assertThat(RightToLeft.drawn("\u05d0\u05d1 (1)")).isEqualTo("(1) \u05d1\u05d0");
        assertThat(RightToLeft.drawn("\u0628\u064a\u062a")).isEqualTo("\ufe96\ufef4\ufe91");
        assertThat(RightToLeft.drawn("\u0633\u0644\u0627\u0645")).isEqualTo("\ufee1\ufefc\ufeb3");
    }

    private static InvoiceSettings settings(String font) {
        InvoiceSettings usual = InvoiceSettings.DEFAULTS;
        return new InvoiceSettings(
                usual.prefix(),
                usual.sellerName(),
                usual.sellerAddress(),
                usual.sellerVatId(),
                usual.sellerContact(),
                usual.paymentInstructions(),
                usual.taxRate(),
                usual.reverseChargeNote(),
                usual.dueDays(),
                usual.closeAfter(),
                List.of(font));
    }

    @Test
    void the_table_has_a_row_for_each_line_and_each_sum() {
        String csv = InvoiceCsv.of(invoice(2));
        assertThat(csv.lines())
                .hasSize(10)
                .contains(
                        "INV-000042,usage,2026-09-30T22:00:00Z,2026-10-31T23:00:00Z,black-forest/flux-4-pro,key0000000000,1234,12.345678901")
                .contains("INV-000042,total,2026-09-30T22:00:00Z,2026-10-31T23:00:00Z,,,,20.65")
                .contains("INV-000042,\"payment wire,1\",2026-11-20T09:00:00Z,,,,,5.00");
    }

    /** For eyes: where the property names a folder, the file is left there. */
    private static void keep(String name, byte[] bytes) throws IOException {
        String folder = System.getProperty("invoices.keep");
        if (folder != null) {
            Files.write(Path.of(folder).resolve(name), bytes);
        }
    }

    private static FullInvoice invoice(int count) {
        Instant from = Instant.parse("2026-09-30T22:00:00Z");
        Instant until = Instant.parse("2026-10-31T23:00:00Z");
        List<InvoiceLine> lines = new ArrayList<>();
        List<String> models =
                List.of("black-forest/flux-4-pro", "millrace/sonata", "acme/a-model-with-quite-a-long-name-indeed-4b");
        for (int i = 0; i < count; i++) {
            lines.add(new InvoiceLine(
                    from,
                    until,
                    models.get(i % 3),
                    "key000000000" + i,
                    1234L * (i + 1),
                    Money.usd("12.345678901").times(i + 1)));
        }
        Party seller = new Party(
                "Millrace Example Ltd.",
                List.of("12 Weir Lane", "Bath BA1 1AA", "United Kingdom"),
                "",
                "GB123456789",
                "billing@millrace.example",
                "IBAN DE00 1234 5678 9012 3456 00, BIC EXAMPLEXX");
        Party buyer = new Party(
                "Acme & Søns GmbH",
                List.of("Brother 猫 Łódź", "Hauptstraße 1", "10115 Berlin"),
                "Germany",
                "DE123456789",
                "",
                "");
        Invoice invoice = invoice(seller, buyer, from, until);
        return new FullInvoice(
                invoice,
                lines,
                List.of(new InvoicePayment(
                        "wire,1", Money.usd("5"), Money.usd("4.20"), Instant.parse("2026-11-20T09:00:00Z"))));
    }

    private static FullInvoice parties(FullInvoice full, String buyer, String payTo) {
        Invoice usual = full.invoice();
        Party seller =
                new Party("Millrace " + buyer, List.of("12 Weir Lane"), "", "GB1", "billing@millrace.example", payTo);
        Party who = new Party(buyer, List.of("東京都千代田区丸の内一丁目"), "日本", "T1234567890123", "", "");
        return new FullInvoice(invoice(seller, who, usual.from(), usual.until()), full.lines(), full.payments());
    }

    private static Invoice invoice(Party seller, Party buyer, Instant from, Instant until) {
        return new Invoice(
                "INV-000042",
                42,
                new OrganizationId(new UUID(1, 2)),
                InvoiceStatus.OPEN,
                from,
                until,
                ZoneId.of("Europe/Berlin"),
                Instant.parse("2026-11-01T00:00:00Z"),
                Instant.parse("2026-12-01T00:00:00Z"),
                seller,
                buyer,
                Money.usd("22.345679"),
                Money.usd("5"),
                Money.usd("0.004321"),
                Money.usd("17.35"),
                TaxRate.parse("19"),
                Money.usd("3.30"),
                "",
                Money.usd("20.65"),
                Money.usd("5"),
                Money.usd("4.20"),
                null);
    }
}
