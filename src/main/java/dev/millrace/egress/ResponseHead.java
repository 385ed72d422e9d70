package dev.millrace.egress;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The status and headers of an answer, and how its body ends. Whatever leaves that in doubt is
 * {@link EgressFailure#MALFORMED}.
 */
record ResponseHead(int status, EgressHeaders headers) {
    private static final int HEADERS_MAX = 200;
    private static final int INTERIM_MAX = 5;
    private static final long LENGTH_DIGITS = 18;

    /** Reads the head of the final answer, past interim ones. */
    static ResponseHead read(Lines lines) throws IOException {
        for (int i = 0; i < INTERIM_MAX; i++) {
            ResponseHead head = new ResponseHead(status(lines.next()), headers(lines));
            if (head.status >= 200) {
                return head;
            }
        }
        throw malformed();
    }

    /** The body behind this head, of an answer to this method. */
    InputStream body(String method, InputStream in) throws IOException {
        List<String> codings = headers.values().getOrDefault("transfer-encoding", List.of());
        List<String> lengths = headers.values().getOrDefault("content-length", List.of());
        if (method.equals("HEAD") || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (!codings.isEmpty()) {
            if (codings.size() > 1 || !codings.getFirst().equalsIgnoreCase("chunked") || !lengths.isEmpty()) {
                throw malformed();
            }
            return new ChunkedBody(in);
        }
        if (lengths.isEmpty()) {
            return in;
        }
        if (lengths.stream().distinct().count() > 1) {
            throw malformed();
        }
        return new LengthBody(in, length(lengths.getFirst()));
    }

    static EgressException malformed() {
        return new EgressException(EgressFailure.MALFORMED, null);
    }

    private static int status(String line) throws EgressException {
        boolean good = (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 "))
                && line.length() >= 12
                && (line.length() == 12 || line.charAt(12) == ' ')
                && line.substring(9, 12).chars().allMatch(c -> c >= '0' && c <= '9');
        int status = good ? Integer.parseInt(line.substring(9, 12)) : 0;
        if (status < 100 || status == 101 || status > 599) {
            throw malformed();
        }
        return status;
    }

    private static EgressHeaders headers(Lines lines) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        int count = 0;
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon < 1 || ++count > HEADERS_MAX || line.chars().limit(colon).anyMatch(c -> c <= ' ' || c > '~')) {
                throw malformed();
            }
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new EgressHeaders(headers);
    }

    private static long length(String text) throws EgressException {
        if (text.isEmpty() || text.length() > LENGTH_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed();
        }
        return Long.parseLong(text);
    }
}
