package dev.millrace.provider.sandbox.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a prompt, lower-cased and in their order, with a plural's final s taken off.
 *
 * @param list the words, at most {@value #LIMIT} of them
 */
public record Words(List<String> list) {
    private static final int LIMIT = 400;

    public Words {
        list = List.copyOf(list);
    }

    /** Splits a prompt at everything that is not a letter or a digit. */
    public static Words of(String prompt) {
        var words = new ArrayList<String>();
        int start = -1;
        for (int i = 0; i <= prompt.length() && words.size() < LIMIT; i++) {
            boolean inside = i < prompt.length() && Character.isLetterOrDigit(prompt.charAt(i));
            if (inside && start < 0) {
                start = i;
            } else if (!inside && start >= 0) {
                words.add(singular(prompt.substring(start, i).toLowerCase(Locale.ROOT)));
                start = -1;
            }
        }
        return new Words(words);
    }

    /** The form under which a word is looked up: {@code mountains} is {@code mountain}, {@code grass} stays. */
    public static String singular(String word) {
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** True if the prompt has this word, in either number. */
    public boolean has(String word) {
        return list.contains(singular(word));
    }
}
