package dev.millrace.invoices;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.fontbox.ttf.TrueTypeCollection;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.jspecify.annotations.Nullable;

/** The fonts of one document: one that is always there, and behind it those that the operator named, opened when a letter needs them. */
final class PdfFonts {
    private static final String OWN = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final PDDocument document;
    private final List<String> files;
    private final List<PDFont> open = new ArrayList<>();

    /** Letters that one font draws. */
    record Run(PDFont font, String text) {}

    /** @param files of further fonts, the first one first */
    PdfFonts(PDDocument document, List<String> files) throws IOException {
        this.document = document;
        this.files = files;
        try (InputStream file = PDDocument.class.getResourceAsStream(OWN)) {
            if (file == null) {
                throw new IllegalStateException("the font of invoices is not there");
            }
            open.add(PDType0Font.load(document, file, true));
        }
    }

    /** The line as it is drawn, with a question mark for each letter that no font has. */
    List<Run> runs(String line) throws IOException {
        List<Run> runs = new ArrayList<>();
        for (int letter : RightToLeft.drawn(line).codePoints().toArray()) {
            String one = Character.toString(letter);
            PDFont font = of(one);
            add(runs, font == null ? open.getFirst() : font, font == null ? "?" : one);
        }
        return runs;
    }

    private static void add(List<Run> runs, PDFont font, String one) {
        if (!runs.isEmpty() && runs.getLast().font().equals(font)) {
            runs.add(new Run(font, runs.removeLast().text() + one));
        } else {
            runs.add(new Run(font, one));
        }
    }

    private @Nullable PDFont of(String letter) throws IOException {
        for (int i = 0; i <= files.size(); i++) {
            if (i == open.size()) {
                open.add(load(new File(files.get(i - 1))));
            }
            if (has(open.get(i), letter)) {
                return open.get(i);
            }
        }
        return null;
    }

    private PDFont load(File file) throws IOException {
        if (!file.getName().endsWith(".ttc")) {
            return PDType0Font.load(document, file);
        }
        List<TrueTypeFont> fonts = new ArrayList<>();
        TrueTypeCollection collection = new TrueTypeCollection(file); // its fonts are read until the document is saved
        collection.processAllFonts(fonts::add);
        return PDType0Font.load(document, fonts.getFirst(), true);
    }

    private static boolean has(PDFont font, String letter) {
        try {
            font.encode(letter);
            return true;
        } catch (IOException | IllegalArgumentException notThere) {
            return false;
        }
    }
}
