package dev.millrace.audit;

import java.util.List;

/**
 * What a check found.
 *
 * @param seen how many things it looked at
 * @param broken how many of them break the invariant
 * @param examples up to five of those, in words: ids and amounts, never content
 */
public record CheckResult(String id, String sentence, long seen, long broken, List<String> examples) {
    /** How many broken things are told in words. */
    public static final int EXAMPLES_MAX = 5;

    public CheckResult {
        examples = List.copyOf(examples);
    }

    public boolean ok() {
        return broken == 0;
    }

    /** One line, and one more for each example. */
    @Override
    public String toString() {
        String line =
                (ok() ? "ok     " : "BROKEN ") + id + "  " + sentence + "  (" + seen + " seen, " + broken + " broken)";
        return examples.isEmpty() ? line : line + "\n         " + String.join("\n         ", examples);
    }
}
