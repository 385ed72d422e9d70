package dev.millrace.config;

import java.util.List;

/**
 * A value as somebody wrote it, before it has a type.
 *
 * @param texts the text, or the items of a list
 * @param list whether it was written as a list
 * @param origin where it was written: a file name, an environment variable, a command line option
 */
record Raw(List<String> texts, boolean list, String origin) {
    static Raw of(String text, String origin) {
        return new Raw(List.of(text), false, origin);
    }

    String text() {
        return String.join(",", texts);
    }
}
