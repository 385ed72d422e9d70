package dev.millrace.server;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's path and query, read strictly: percent-encoding must be well formed UTF-8, and no segment may be {@code .} or
 * {@code ..}, or have a control character or a backslash, however it is spelled. Decoded once: what is still encoded
 * then is text.
 */
final class RequestTarget {
    private static final String[] NONE = new String[0];

    private final String rawPath;
    private final @Nullable String rawQuery;
    private @Nullable List<String> query;

    RequestTarget(String rawPath, @Nullable String rawQuery) {
        this.rawPath = rawPath;
        this.rawQuery = rawQuery;
    }

    String rawPath() {
        return rawPath;
    }

    /** The decoded segments; a slash at the end makes an empty last one. */
    String[] segments() {
        if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
            throw invalid("The request target must be a path that starts with a slash.");
        }
        if (rawPath.length() == 1) {
            return NONE;
        }
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        for (int slash = rawPath.indexOf('/', from); slash >= 0; slash = rawPath.indexOf('/', from)) {
            segments.add(segment(rawPath.substring(from, slash)));
            from = slash + 1;
        }
        segments.add(segment(rawPath.substring(from)));
        return segments.toArray(NONE);
    }

    Optional<String> query(String name) {
        List<String> pairs = pairs();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) {
                return Optional.of(pairs.get(i + 1));
            }
        }
        return Optional.empty();
    }

    List<String> queryNames() {
        List<String> names = new ArrayList<>();
        List<String> pairs = pairs();
        for (int i = 0; i < pairs.size(); i += 2) {
            names.add(pairs.get(i));
        }
        return names;
    }

    private List<String> pairs() {
        if (query == null) {
            query = rawQuery == null || rawQuery.isEmpty() ? List.of() : parse(rawQuery);
        }
        return query;
    }

    private static List<String> parse(String raw) {
        List<String> pairs = new ArrayList<>(8);
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                pairs.add(queryText(equals < 0 ? pair : pair.substring(0, equals)));
                pairs.add(equals < 0 ? "" : queryText(pair.substring(equals + 1)));
            }
        }
        return pairs;
    }

    private static String queryText(String raw) {
        String text = Percent.decode(raw, true).orElseThrow(() -> invalid("The query is not percent-encoded UTF-8."));
        if (text.indexOf('\0') >= 0) {
            throw invalid("The query has the character U+0000.");
        }
        return text;
    }

    private static String segment(String raw) {
        String text = Percent.decode(raw, false).orElseThrow(() -> invalid("The path is not percent-encoded UTF-8."));
        if (text.isEmpty()) {
            return text;
        }
        boolean plain = text.charAt(0) != '.' && text.indexOf('/') < 0;
        if (!plain && climbs(text)) {
            throw invalid("The path has a segment \".\" or \"..\".");
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c == '\\') {
                throw invalid("The path has a character that no path may have.");
            }
        }
        return text;
    }

    private static boolean climbs(String segment) {
        for (String piece : segment.split("/", -1)) {
            if (piece.equals(".") || piece.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(ProblemCode.INVALID_REQUEST, detail);
    }
}
