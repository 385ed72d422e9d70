package dev.millrace.invoices;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.jspecify.annotations.Nullable;

/** A4 pages to write on, in points from the upper left corner. Its one font is embedded, so that every reader shows the same. */
final class PdfSheet implements AutoCloseable {
    static final float WIDTH = PDRectangle.A4.getWidth();
    static final float HEIGHT = PDRectangle.A4.getHeight();
    static final float MARGIN = 54;
    static final float RIGHT = WIDTH - MARGIN;

    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final float BOLD_STROKE = 0.028f;

    /** How a text looks: its size, its weight and how dark it is, from 0 (black). */
    record Ink(float size, boolean bold, float grey) {}

    private final PDDocument document = new PDDocument();
    private final PDFont font;
    private @Nullable PDPageContentStream page;

    PdfSheet(String title, String author) throws IOException {
        document.getDocumentInformation().setTitle(title);
        document.getDocumentInformation().setAuthor(author);
        try (InputStream file = PDDocument.class.getResourceAsStream(FONT)) {
            if (file == null) {
                throw new IllegalStateException("the font of invoices is not there");
            }
            font = PDType0Font.load(document, file, true);
        }
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
        write(x, y, ink, shown(text));
    }

    void right(float x, float y, Ink ink, String text) throws IOException {
        String known = shown(text);
        write(x - width(ink, known), y, ink, known);
    }

    /** The text, cut with an ellipsis where it is wider. */
    String fit(Ink ink, String text, float most) throws IOException {
        String known = shown(text);
        if (width(ink, known) <= most) {
            return known;
        }
        int length = known.length();
        while (length > 0 && width(ink, known.substring(0, length) + "…") > most) {
            length--;
        }
        return known.substring(0, length) + "…";
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

    private void write(float x, float y, Ink ink, String text) throws IOException {
        PDPageContentStream out = out();
        out.beginText();
        out.setFont(font, ink.size());
        out.setNonStrokingColor(ink.grey(), ink.grey(), ink.grey());
        out.setStrokingColor(ink.grey(), ink.grey(), ink.grey());
        out.setRenderingMode(ink.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        out.setLineWidth(ink.size() * BOLD_STROKE);
        out.newLineAtOffset(x, HEIGHT - y);
        out.showText(text);
        out.endText();
    }

    private float width(Ink ink, String text) throws IOException {
        return font.getStringWidth(text) / 1000 * ink.size();
    }

    /** The text with a question mark for each letter that the font does not have. */
    private String shown(String text) {
        StringBuilder known = new StringBuilder();
        text.codePoints().forEach(letter -> {
            String one = Character.toString(letter);
            known.append(has(one) ? one : "?");
        });
        return known.toString();
    }

    private boolean has(String letter) {
        try {
            font.encode(letter);
            return true;
        } catch (IOException | IllegalArgumentException notThere) {
            return false;
        }
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
