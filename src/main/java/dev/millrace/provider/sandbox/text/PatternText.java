package dev.millrace.provider.sandbox.text;

/**
 * Writes a text that a simple regular expression finds: literals, classes, groups, alternatives (the first), and quantifiers
 * (the least, at most {@value #REPEAT_MAX}). The expression itself is never run: a stranger's can cost any time.
 */
final class PatternText {
    private static final int REPEAT_MAX = 200;
    private static final int LENGTH_MAX = 4096;

    private final String pattern;
    private int at;

    private PatternText(String pattern) {
        this.pattern = pattern;
    }

    static String of(String pattern) {
        PatternText text = new PatternText(pattern);
        String written = text.alternatives();
        return written.length() > LENGTH_MAX ? written.substring(0, LENGTH_MAX) : written;
    }

    /** Up to the end of the group; of the alternatives the first. */
    private String alternatives() {
        String first = sequence();
        while (more() && pattern.charAt(at) == '|') {
            at++;
            sequence();
        }
        return first;
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (more() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            String atom = atom();
            int times = times();
            for (int i = 0; i < times && text.length() < LENGTH_MAX; i++) {
                text.append(atom);
            }
        }
        return text.toString();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> "x";
            case '[' -> set();
            case '(' -> group();
            case '\\' -> escaped();
            default -> String.valueOf(c);
        };
    }

    private String group() {
        boolean looks = pattern.startsWith("?=", at) || pattern.startsWith("?!", at) || pattern.startsWith("?<", at);
        if (pattern.startsWith("?:", at)) {
            at += 2;
        }
        String inside = alternatives();
        at++;
        return looks ? "" : inside;
    }

    private String escaped() {
        char c = more() ? pattern.charAt(at++) : '\\';
        return switch (c) {
            case 'd' -> "1";
            case 'w', 'D', 'S' -> "a";
            case 'W', 's' -> " ";
            case 'b', 'B' -> "";
            case 'n' -> "\n";
            case 't' -> "\t";
            default -> String.valueOf(c);
        };
    }

    /** A character of a class: its first one, or one that a negated class does not name. */
    private String set() {
        boolean negated = more() && pattern.charAt(at) == '^';
        int from = negated ? ++at : at;
        while (more() && (pattern.charAt(at) != ']' || at == from)) {
            at += pattern.charAt(at) == '\\' ? 2 : 1;
        }
        String inside = pattern.substring(from, Math.min(at, pattern.length()));
        at++;
        if (!negated) {
            return inside.startsWith("\\") && inside.length() > 1
                    ? new PatternText(inside).atom()
                    : inside.substring(0, Math.min(1, inside.length()));
        }
        return "x0X_ -#"
                .chars()
                .filter(c -> !holds(inside, (char) c))
                .mapToObj(Character::toString)
                .findFirst()
                .orElse("x");
    }

    /** Whether the inside of a class has a character, by itself or in a range. */
    private static boolean holds(String inside, char c) {
        boolean word = Character.isLetterOrDigit(c) || c == '_';
        if (inside.indexOf(c) >= 0
                || (inside.contains("\\d") && Character.isDigit(c))
                || (inside.contains("\\w") && word)
                || (inside.contains("\\s") && c == ' ')) {
            return true;
        }
        for (int dash = inside.indexOf('-', 1);
                dash > 0 && dash + 1 < inside.length();
                dash = inside.indexOf('-', dash + 1)) {
            if (inside.charAt(dash - 1) <= c && c <= inside.charAt(dash + 1)) {
                return true;
            }
        }
        return false;
    }

    private int times() {
        if (!more()) {
            return 1;
        }
        switch (pattern.charAt(at)) {
            case '*', '?' -> {
                skipMark();
                return 0;
            }
            case '+' -> {
                skipMark();
                return 1;
            }
            case '{' -> {
                int end = pattern.indexOf('}', at);
                String least = end < 0 ? "" : pattern.substring(at + 1, end).split(",", 2)[0];
                at = end < 0 ? pattern.length() : end;
                skipMark();
                return least.matches("[0-9]{1,6}") ? Math.min(Integer.parseInt(least), REPEAT_MAX) : 0;
            }
            default -> {
                return 1;
            }
        }
    }

    /** The quantifier's last character, and what makes it reluctant or possessive. */
    private void skipMark() {
        at++;
        if (more() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
    }

    private boolean more() {
        return at < pattern.length();
    }
}
