package dev.millrace.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** Reads the patterns that routes are registered with. */
final class RoutePattern {
    private RoutePattern() {}

    /** The segments of a pattern; none for the root. */
    static String[] segments(String pattern) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException("a pattern starts with a slash: " + pattern);
        }
        return pattern.length() == 1 ? new String[0] : pattern.substring(1).split("/", -1);
    }

    static String[] names(String pattern) {
        String[] segments = segments(pattern);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < segments.length; i++) {
            if (isRest(segments[i]) && i < segments.length - 1) {
                throw new IllegalArgumentException("{+name} stands at the end only: " + pattern);
            }
            if (isParameter(segments[i])) {
                names.add(name(segments[i]));
            } else if (segments[i].isEmpty() || segments[i].indexOf('{') >= 0) {
                throw new IllegalArgumentException("a segment is a literal, {name} or {+name}: " + pattern);
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw new IllegalArgumentException("a pattern has a name twice: " + pattern);
        }
        return names.toArray(String[]::new);
    }

    /** What the parameters of a route are in a path that fits its pattern. */
    static String[] values(Route route, String[] path) {
        String[] values = new String[route.names.length];
        int next = 0;
        for (int i = 0; next < values.length; i++) {
            if (isRest(route.segments[i])) {
                values[next++] = String.join("/", Arrays.asList(path).subList(i, path.length));
            } else if (isParameter(route.segments[i])) {
                values[next++] = path[i];
            }
        }
        return values;
    }

    static boolean isParameter(String segment) {
        return segment.startsWith("{") && segment.endsWith("}");
    }

    static boolean isRest(String segment) {
        return isParameter(segment) && segment.startsWith("{+");
    }

    private static String name(String segment) {
        return segment.substring(isRest(segment) ? 2 : 1, segment.length() - 1);
    }
}
