package dev.millrace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A test as a page names it: {@code Class#method}, or {@code file#title} for the suites under {@code clients/}.
 *
 * @param where the class or the file
 * @param what the method or the title
 */
record Shown(String where, String what) {
    private static final Pattern TEST = Pattern.compile("`([\\w/.-]+)#([^`]+)`");

    /** Every test that a text names. */
    static List<Shown> in(String text) {
        return TEST.matcher(text)
                .results()
                .map((MatchResult found) -> new Shown(found.group(1), found.group(2)))
                .toList();
    }

    boolean exists() throws IOException {
        return where.startsWith("clients/") ? isTitle() : isMethod();
    }

    private boolean isTitle() throws IOException {
        Path file = Path.of(where);
        String opening = where.endsWith(".py") ? "def " + what + "(" : "test('" + what + "'";
        return Files.exists(file) && Files.readString(file).contains(opening);
    }

    private boolean isMethod() {
        Pattern method = Pattern.compile("void " + Pattern.quote(what) + "\\(");
        return SourceTree.tests().stream()
                .filter(source -> source.name().equals(where))
                .anyMatch(source -> source.lines().stream()
                        .anyMatch(line -> method.matcher(line).find()));
    }

    @Override
    public String toString() {
        return where + "#" + what;
    }
}
