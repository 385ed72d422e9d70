package dev.millrace.invoices;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a line into the order in which its letters are drawn from the left: right-to-left texts are turned, and Arabic letters joined. */
final class RightToLeft {
    private static final String BRACKETS = "()[]{}<>«»";
    private static final String MIRRORED = ")(][}{><»«";

    private enum Form {
        ISOLATED,
        FINAL,
        INITIAL,
        MEDIAL
    }

    /** The joined shapes of Arabic letters, and of lam with an alef, by the letters: what Unicode's presentation forms stand for. */
    private static final Map<String, Map<Form, String>> SHAPES = shapes();

    private RightToLeft() {}

    /** The line as it is drawn; the same where nothing in it goes from right to left. */
    static String drawn(String line) {
        char[] letters = line.toCharArray();
        if (!Bidi.requiresBidi(letters, 0, letters.length)) {
            return line;
        }
        String shaped = joined(line);
        Bidi bidi = new Bidi(shaped, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT);
        byte[] levels = new byte[bidi.getRunCount()];
        String[] runs = new String[levels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (byte) bidi.getRunLevel(i);
            String run = shaped.substring(bidi.getRunStart(i), bidi.getRunLimit(i));
            runs[i] = levels[i] % 2 == 0 ? run : turned(run);
        }
        Bidi.reorderVisually(levels, 0, runs, 0, runs.length);
        return String.join("", Arrays.asList(runs));
    }

    private static String turned(String run) {
        StringBuilder turned = new StringBuilder();
        for (char letter : new StringBuilder(run).reverse().toString().toCharArray()) {
            int bracket = BRACKETS.indexOf(letter);
            turned.append(bracket < 0 ? letter : MIRRORED.charAt(bracket));
        }
        return turned.toString();
    }

    private static String joined(String line) {
        StringBuilder joined = new StringBuilder();
        boolean open = false; // whether the letter before reaches for this one
        for (int at = 0; at < line.length(); at++) {
            String letter = line.substring(at, at + 1);
            String two = line.substring(at, Math.min(at + 2, line.length()));
            boolean ligature = two.length() == 2 && SHAPES.containsKey(two);
            Map<Form, String> forms = SHAPES.get(ligature ? two : letter);
            if (forms == null) {
                joined.append(letter);
                open = open && Character.getType(letter.charAt(0)) == Character.NON_SPACING_MARK;
                continue;
            }
            at += ligature ? 1 : 0;
            boolean before = open && forms.containsKey(Form.FINAL);
            boolean behind = forms.containsKey(Form.INITIAL) && reaches(line, at + 1);
            Form form = before ? (behind ? Form.MEDIAL : Form.FINAL) : (behind ? Form.INITIAL : Form.ISOLATED);
            joined.append(forms.getOrDefault(form, ligature ? two : letter));
            open = behind;
        }
        return joined.toString();
    }

    /** Whether the letter from there on, behind its marks, joins the one before it. */
    private static boolean reaches(String line, int from) {
        int at = from;
        while (at < line.length() && Character.getType(line.charAt(at)) == Character.NON_SPACING_MARK) {
            at++;
        }
        Map<Form, String> forms = at < line.length() ? SHAPES.get(line.substring(at, at + 1)) : null;
        return forms != null && forms.containsKey(Form.FINAL);
    }

    private static Map<String, Map<Form, String>> shapes() {
        Map<String, Map<Form, String>> shapes = new HashMap<>();
        for (int shape = 0xFB50; shape <= 0xFEFC; shape++) {
            String drawn = Character.toString(shape);
            String letters = Normalizer.normalize(drawn, Normalizer.Form.NFKC);
            Form form = form(Character.getName(shape));
            boolean known = letters.length() == 1 || letters.length() == 2 && shape >= 0xFEF5;
            if (form != null && known) {
                shapes.computeIfAbsent(letters, fresh -> new HashMap<>()).put(form, drawn);
            }
        }
        return shapes;
    }

    private static @Nullable Form form(@Nullable String name) {
        return Arrays.stream(Form.values())
                .filter(one -> name != null && name.endsWith(" " + one.name().toUpperCase(Locale.ROOT) + " FORM"))
                .findFirst()
                .orElse(null);
    }
}
