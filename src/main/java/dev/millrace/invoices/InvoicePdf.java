package dev.millrace.invoices;

import dev.millrace.invoices.PdfSheet.Ink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An invoice as A4 pages. */
final class InvoicePdf {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final Ink TITLE = new Ink(24, true, 0.12f);
    private static final Ink NAME = new Ink(14, true, 0.12f);
    private static final Ink STRONG = new Ink(9.5f, true, 0.12f);
    private static final Ink PLAIN = new Ink(9.5f, false, 0.12f);
    private static final Ink LABEL = new Ink(8, false, 0.45f);
    private static final float ROW = 17;
    private static final float LINE = 13;
    private static final float BOTTOM = PdfSheet.HEIGHT - 84;
    private static final float FOOT = PdfSheet.HEIGHT - 44;
    private static final float KEY = 290;
    private static final float REQUESTS = 445;
    private static final float LABELS = 330;

    private final FullInvoice full;
    private final Invoice invoice;
    private final PdfSheet sheet;
    private float y;

    private InvoicePdf(FullInvoice full, PdfSheet sheet) {
        this.full = full;
        this.invoice = full.invoice();
        this.sheet = sheet;
    }

    /**
     * The bytes of the file.
     *
     * @param fonts files of fonts for letters that the usual one does not have
     */
    static byte[] of(FullInvoice full, List<String> fonts) {
        Invoice invoice = full.invoice();
        try (PdfSheet sheet =
                new PdfSheet("Invoice " + invoice.number(), invoice.seller().name(), fonts)) {
            new InvoicePdf(full, sheet).draw();
            return sheet.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void draw() throws IOException {
        head();
        parties();
        table();
        totals();
        notes();
        foot();
        sheet.onEveryPage(
                PdfSheet.RIGHT, FOOT, LABEL, page -> invoice.number() + "  ·  page " + page + " of " + sheet.pages());
    }

    private void head() throws IOException {
        sheet.box(0, 0, PdfSheet.WIDTH, 10);
        sheet.right(PdfSheet.RIGHT, 70, TITLE, "Invoice");
        y = 66;
        write(NAME, invoice.seller().name(), 270, 18);
        for (String line : details(invoice.seller())) {
            write(LABEL, line, 270, 11);
        }
        if (invoice.status() != InvoiceStatus.OPEN) {
            String stamp = invoice.status() == InvoiceStatus.PAID ? "Paid" : "Void";
            sheet.right(PdfSheet.RIGHT, 90, STRONG, stamp);
        }
        y = Math.max(y, 100) + 26;
    }

    private void parties() throws IOException {
        float top = y;
        sheet.left(PdfSheet.MARGIN, y, LABEL, "BILLED TO");
        y += 16;
        write(STRONG, invoice.buyer().name(), 250, LINE);
        for (String line : details(invoice.buyer())) {
            write(PLAIN, line, 250, LINE);
        }
        float right = top;
        String period = day(invoice.from()) + " – " + lastDay();
        for (String[] fact : new String[][] {
            {"Number", invoice.number()},
            {"Date", day(invoice.issuedAt())},
            {"Period", period},
            {"Due", day(invoice.dueAt())}
        }) {
            sheet.left(LABELS, right, LABEL, fact[0]);
            sheet.right(PdfSheet.RIGHT, right, PLAIN, fact[1]);
            right += 16;
        }
        y = Math.max(y, right) + 24;
    }

    private void table() throws IOException {
        columns();
        Instant window = Instant.MIN;
        for (InvoiceLine line : full.lines()) {
            if (room(ROW)) {
                columns();
            }
            boolean late = !line.until().equals(invoice.until());
            if (late && !line.from().equals(window)) {
                sheet.left(PdfSheet.MARGIN, y, LABEL, "Charged from " + day(line.from()) + ", not invoiced before");
                y += ROW;
                if (room(ROW)) {
                    columns();
                }
            }
            window = line.from();
            sheet.left(PdfSheet.MARGIN, y, PLAIN, sheet.fit(PLAIN, line.model(), KEY - PdfSheet.MARGIN - 10));
            sheet.left(KEY, y, PLAIN, sheet.fit(PLAIN, line.key(), 100));
            sheet.right(REQUESTS, y, PLAIN, String.format(Locale.ENGLISH, "%,d", line.requests()));
            sheet.right(PdfSheet.RIGHT, y, PLAIN, line.amount().toUsd());
            sheet.line(PdfSheet.MARGIN, PdfSheet.RIGHT, y + 5.5f, 0.9f);
            y += ROW;
        }
        y += 14;
    }

    private void columns() throws IOException {
        sheet.left(PdfSheet.MARGIN, y, LABEL, "MODEL");
        sheet.left(KEY, y, LABEL, "KEY");
        sheet.right(REQUESTS, y, LABEL, "REQUESTS");
        sheet.right(PdfSheet.RIGHT, y, LABEL, "AMOUNT, USD");
        sheet.line(PdfSheet.MARGIN, PdfSheet.RIGHT, y + 6, 0.4f);
        y += ROW + 4;
    }

    private void totals() throws IOException {
        room(7 * ROW + 20);
        sum(PLAIN, "Subtotal", invoice.subtotal().toUsd());
        if (!invoice.applied().isZero()) {
            String what = invoice.applied().isNegative() ? "Brought forward" : "Paid from the balance";
            sum(PLAIN, what, invoice.applied().negate().toUsd());
        }
        if (!invoice.rounding().isZero()) {
            sum(PLAIN, "Rounding to cents", invoice.rounding().toUsd());
        }
        sum(PLAIN, "Net", invoice.net().toUsd());
        sum(PLAIN, "Tax " + invoice.taxRate().percent() + " %", invoice.tax().toUsd());
        sheet.line(LABELS, PdfSheet.RIGHT, y - 10, 0.4f);
        y += 6;
        sum(NAME, "Total", invoice.total().toUsd() + " USD");
        if (invoice.paid().isPositive()) {
            y += 3;
            sum(PLAIN, "Paid", invoice.paid().negate().toUsd());
            sum(STRONG, "Open", invoice.open().toUsd());
        }
        y += 18;
    }

    private void sum(Ink ink, String label, String amount) throws IOException {
        sheet.left(LABELS, y, ink, label);
        sheet.right(PdfSheet.RIGHT, y, ink, amount);
        y += ROW;
    }

    private void notes() throws IOException {
        List<String> notes = new ArrayList<>();
        notes.add(invoice.taxNote());
        if (invoice.open().isPositive()) {
            notes.add("Please pay " + invoice.open().toUsd() + " USD by " + day(invoice.dueAt()) + ", stating "
                    + invoice.number() + ".");
            notes.add(invoice.seller().payTo());
        }
        String reason = invoice.voidReason();
        notes.add(reason == null ? "" : "Void: " + reason);
        for (String note : notes) {
            if (!note.isEmpty()) {
                write(PLAIN, note, PdfSheet.RIGHT - PdfSheet.MARGIN, LINE);
                y += 3;
            }
        }
    }

    /** Writes a text from the left, in as many lines as it needs: what a name or an account number is may not be cut. */
    private void write(Ink ink, String text, float most, float height) throws IOException {
        for (String line : sheet.wrapped(ink, text, most)) {
            room(height);
            sheet.left(PdfSheet.MARGIN, y, ink, line);
            y += height;
        }
    }

    /** Goes on upon a new page when there is no room for so much; whether it did. */
    private boolean room(float height) throws IOException {
        if (y + height <= BOTTOM) {
            return false;
        }
        foot();
        sheet.turn();
        y = 66;
        return true;
    }

    private void foot() throws IOException {
        sheet.line(PdfSheet.MARGIN, PdfSheet.RIGHT, FOOT - 14, 0.85f);
        sheet.left(
                PdfSheet.MARGIN,
                FOOT,
                LABEL,
                sheet.fit(
                        LABEL,
                        invoice.seller().name() + "  ·  " + invoice.seller().contact(),
                        330));
    }

    private static List<String> details(Party party) {
        List<String> lines = new ArrayList<>(party.address());
        lines.add(party.country());
        lines.add(party.vatId().isEmpty() ? "" : "VAT " + party.vatId());
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    private String day(Instant moment) {
        return DAY.format(moment.atZone(invoice.zone()));
    }

    private String lastDay() {
        LocalDate last = invoice.until().minusNanos(1000).atZone(invoice.zone()).toLocalDate();
        return DAY.format(last);
    }
}
