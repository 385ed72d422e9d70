package dev.millrace.db;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which tables a statement names. Also finds names of parts of the statement itself, which are no tables: that does no harm. */
final class Tables {
    private static final Pattern NAME = Pattern.compile("\\b(?:into|update|from|join)\\s+(?!set\\b|skip\\b)([a-z_]+)");
    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

    private Tables() {}

    /** Whether two statements name the same table, so that their order matters. */
    static boolean shared(String one, String other) {
        Set<String> named = of(other);
        return of(one).stream().anyMatch(named::contains);
    }

    private static Set<String> of(String sql) {
        return KNOWN.computeIfAbsent(
                sql,
                text -> NAME.matcher(text)
                        .results()
                        .map(found -> found.group(1))
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
