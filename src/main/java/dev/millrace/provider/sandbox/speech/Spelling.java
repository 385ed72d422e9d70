package dev.millrace.provider.sandbox.speech;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Turns spelling into sounds, by rules of thumb for English; letters of other scripts get a syllable each. */
final class Spelling {
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");
    private static final int LONGEST_RULE = 4;
    private static final Map<String, List<Phone>> RULES = rules();
    private static final List<Phone> FOREIGN_STARTS =
            List.of(Phone.M, Phone.L, Phone.D, Phone.N, Phone.K, Phone.S, Phone.R, Phone.B);
    private static final List<Phone> FOREIGN_VOWELS = List.of(Phone.AA, Phone.IY, Phone.UW, Phone.EH, Phone.AO);

    private Spelling() {}

    /** The sounds of one word: letters, digits and apostrophes. */
    static List<Phone> sounds(String word) {
        List<Phone> sounds = new ArrayList<>();
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < word.length(); ) {
            int letter = word.codePointAt(i);
            i += Character.charCount(letter);
            int digit = Character.digit(letter, 10);
            if (digit >= 0) {
                spell(letters, sounds);
                spell(new StringBuilder(DIGITS.get(digit)), sounds);
            } else if (letter < 128) {
                letters.appendCodePoint(letter);
            } else {
                foreign(letter, letters, sounds);
            }
        }
        spell(letters, sounds);
        return sounds;
    }

    private static void foreign(int letter, StringBuilder letters, List<Phone> sounds) {
        String plain = java.text.Normalizer.normalize(Character.toString(letter), java.text.Normalizer.Form.NFD);
        if (plain.charAt(0) < 128) {
            letters.append(plain.charAt(0));
            return;
        }
        spell(letters, sounds);
        sounds.add(FOREIGN_STARTS.get(letter % FOREIGN_STARTS.size()));
        sounds.add(FOREIGN_VOWELS.get(letter / FOREIGN_STARTS.size() % FOREIGN_VOWELS.size()));
    }

    private static void spell(StringBuilder letters, List<Phone> sounds) {
        String word = letters.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        letters.setLength(0);
        int end = silentEnd(word);
        for (int i = 0; i < end; ) {
            int taken = 1;
            List<Phone> found = List.of();
            for (int length = Math.min(LONGEST_RULE, end - i); length > 0; length--) {
                List<Phone> rule = RULES.get(word.substring(i, i + length));
                if (rule != null) {
                    found = rule;
                    taken = length;
                    break;
                }
            }
            sounds.addAll(
                    taken == 1 && end < word.length() && i == end - 2 ? lengthened(word.charAt(i), found) : found);
            i += taken;
            // A letter that is written twice is said once.
            while (i < end && word.charAt(i) == word.charAt(i - 1) && "aeiou".indexOf(word.charAt(i)) < 0) {
                i++;
            }
        }
    }

    /** Where the word ends but for an e that is not said. */
    private static int silentEnd(String word) {
        int last = word.length() - 1;
        boolean silent = last >= 3
                && word.charAt(last) == 'e'
                && "aeiou".indexOf(word.charAt(last - 1)) < 0
                && "aeiou".indexOf(word.charAt(last - 2)) >= 0;
        return silent ? last : word.length();
    }

    /** The vowel before a silent e says its own name. */
    private static List<Phone> lengthened(char vowel, List<Phone> otherwise) {
        return switch (vowel) {
            case 'a' -> List.of(Phone.EH, Phone.IY);
            case 'e' -> List.of(Phone.IY);
            case 'i', 'y' -> List.of(Phone.AA, Phone.IY);
            case 'o' -> List.of(Phone.AO, Phone.UH);
            case 'u' -> List.of(Phone.Y, Phone.UW);
            default -> otherwise;
        };
    }

    private static Map<String, List<Phone>> rules() {
        String table = """
                tion SH AX N|sion ZH AX N|ture T SH ER|ough AO|augh AO F|eigh EH IY|the DH AX|igh AA IY|tch T SH
                one W AH N|two T UW|you Y UW|ing IH NG|ear IY R|air EH R|our AW R|all AO L|are AA R|ere IY R
                th TH|sh SH|ch T SH|ph F|ng NG|ck K|qu K W|wh W|wr R|kn N|gh G|dg D ZH|sc S K|ps S|rh R
                oo UW|ee IY|ea IY|ai EH IY|ay EH IY|ei EH IY|ey EH IY|oa AO UH|ow AO UH|ou AA UH|oi AO IH|oy AO IH
                au AO|aw AO|ew Y UW|ie IY|ue UW|ui UW|er ER|ir ER|ur ER|ar AA R|or AO R|al AO L|le AX L
                ce S EH|ci S IH|cy S IY|ge D ZH EH|gi D ZH IH|gy D ZH IY
                a AE|b B|c K|d D|e EH|f F|g G|h HH|i IH|j D ZH|k K|l L|m M|n N|o AO|p P|q K|r R|s S|t T
                u AH|v V|w W|x K S|y IY|z Z
                """;
        Map<String, List<Phone>> rules = new LinkedHashMap<>();
        for (String rule : table.replace("AW", "AA UH").split("[|\\n]")) {
            if (!rule.isBlank()) {
                String[] parts = rule.strip().split(" ");
                rules.put(parts[0], Stream.of(parts).skip(1).map(Phone::valueOf).toList());
            }
        }
        return Map.copyOf(rules);
    }
}
