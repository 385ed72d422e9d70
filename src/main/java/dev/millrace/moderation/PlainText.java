package dev.millrace.moderation;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text without what hides words in it: compatible letters made one, accents and invisible characters gone.
 *
 * @param folded the text in lower case, otherwise as it stands: what patterns look at
 * @param spaced its words between single blanks, with a blank at both ends: what words are looked for in
 */
record PlainText(String folded, String spaced) {
    private static final Pattern HIDDEN = Pattern.compile("[\\p{InCombiningDiacriticalMarks}\\p{Cf}]+");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    static PlainText of(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String plain = HIDDEN.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
        String folded = Normalizer.normalize(plain, Normalizer.Form.NFC);
        return new PlainText(
                folded, " " + BETWEEN.matcher(folded).replaceAll(" ").strip() + " ");
    }

    /** Whether this text has the words of another, in their order; scripts that write no blanks need none. */
    boolean has(PlainText word) {
        String inner = word.spaced.strip();
        return inner.codePoints().anyMatch(PlainText::unspaced) ? spaced.contains(inner) : spaced.contains(word.spaced);
    }

    boolean isEmpty() {
        return spaced.isBlank();
    }

    private static boolean unspaced(int letter) {
        return switch (Character.UnicodeScript.of(letter)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    /** Says nothing: all of it is a customer's. */
    @Override
    public String toString() {
        return "PlainText[…]";
    }
}
