package dev.millrace.invoices;

import dev.millrace.invoices.PdfFonts.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.jspecify.annotations.Nullable;

/** A4 pages to write on, in points from the upper left corner. Fonts are embedded, so that every reader shows the same. */
final class PdfSheet implements AutoCloseable {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();
    static final float MARGIN = 54;
    static final float RIGHT = WIDTH - MARGIN;

    private static final float BOLD_STROKE = 0.028f;

    /** How a text looks: its size, its weight and how dark it is, from 0 (black). */
    record Ink(float size, boolean bold, float grey) {}

    private final PDDocument document = new PDDocument();
    private final PdfFonts fonts;
    private @Nullable PDPageContentStream page;

    /** @param fonts files of fonts for letters that the usual one does not have */
    PdfSheet(String title, String author, List<String> fonts) throws IOException {
        document.getDocumentInformation().setTitle(title);
        document.getDocumentInformation().setAuthor(author);
        this.fonts = new PdfFonts(document, fonts);
        turn();
    }

    /** A new page, on which everything is written from now on. */
    void turn() throws IOException {
        finish();
        PDPage fresh = new PDPage(PDRectangle.A4);
        document.addPage(fresh);
        page = new PDPageContentStream(document, fresh);
    }

    int pages() {
        return document.getNumberOfPages();
    }

    void left(float x, float y, Ink ink, String text) throws IOException {
        write(out(), x, y, ink, fonts.runs(text));
    }

    void right(float x, float y, Ink ink, String text) throws IOException {
        List<Run> runs = fonts.runs(text);
        write(out(), x - width(ink, runs), y, ink, runs);
    }

    /** Writes at the same place of every page, once all of them are there; nothing can be written behind it. */
    void onEveryPage(float x, float y, Ink ink, IntFunction<String> text) throws IOException {
        finish();
        for (int i = 0; i < pages(); i++) {
            try (PDPageContentStream more =
                    new PDPageContentStream(document, document.getPage(i), AppendMode.APPEND, true, true)) {
                List<Run> runs = fonts.runs(text.apply(i + 1));
                write(more, x - width(ink, runs), y, ink, runs);
            }
        }
    }

    /** The text, cut with an ellipsis where it is wider. */
    String fit(Ink ink, String text, float most) throws IOException {
        if (width(ink, fonts.runs(text)) <= most) {
            return text;
        }
        return text.substring(0, longest(ink, text, "…", most)) + "…";
    }

    /** The text in as many lines as it needs, broken between words where that is possible. */
    List<String> wrapped(Ink ink, String text, float most) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\\R", -1)) {
            String rest = paragraph.strip();
            while (width(ink, fonts.runs(rest)) > most) {
                int length = Math.max(longest(ink, rest, "", most), Character.charCount(rest.codePointAt(0)));
                int blank = rest.lastIndexOf(' ', length);
                int end = blank > 0 ? blank : length;
                lines.add(rest.substring(0, end).strip());
                rest = rest.substring(end).strip();
            }
            lines.add(rest);
        }
        return lines;
    }

    /** How much of the beginning of a text has room together with what comes behind it. */
    private int longest(Ink ink, String text, String behind, float most) throws IOException {
        int length = text.length();
        while (length > 0 && width(ink, fonts.runs(text.substring(0, length) + behind)) > most) {
            length = text.offsetByCodePoints(length, -1);
        }
        return length;
    }

    void line(float from, float to, float y, float grey) throws IOException {
        PDPageContentStream out = out();
        out.setStrokingColor(grey, grey, grey);
        out.setLineWidth(0.6f);
        out.moveTo(from, HEIGHT - y);
        out.lineTo(to, HEIGHT - y);
        out.stroke();
    }

    /** A filled box in the one colour of the page. */
    void box(float x, float y, float width, float height) throws IOException {
        PDPageContentStream out = out();
        out.setNonStrokingColor(0.11f, 0.29f, 0.42f);
        out.addRect(x, HEIGHT - y - height, width, height);
        out.fill();
    }

    byte[] bytes() throws IOException {
        finish();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.save(bytes);
        return bytes.toByteArray();
    }

    private static void write(PDPageContentStream out, float x, float y, Ink ink, List<Run> runs) throws IOException {
        out.beginText();
        out.setNonStrokingColor(ink.grey(), ink.grey(), ink.grey());
        out.setStrokingColor(ink.grey(), ink.grey(), ink.grey());
        out.setRenderingMode(ink.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        out.setLineWidth(ink.size() * BOLD_STROKE);
        out.newLineAtOffset(x, HEIGHT - y);
        for (Run run : runs) {
            out.setFont(run.font(), ink.size());
            out.showText(run.text());
        }
        out.endText();
    }

    private static float width(Ink ink, List<Run> runs) throws IOException {
        float width = 0;
        for (Run run : runs) {
            width += run.font().getStringWidth(run.text()) / 1000 * ink.size();
        }
        return width;
    }

    private PDPageContentStream out() {
        if (page == null) {
            throw new IllegalStateException("the page is finished");
        }
        return page;
    }

    private void finish() throws IOException {
        if (page != null) {
            page.close();
            page = null;
        }
    }

    @Override
    public void close() throws IOException {
        finish();
        document.close();
    }
}
