package dev.millrace.egress;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Writes a request's head. */
final class RequestText {
    private static final String USER_AGENT = "Millrace";
    private static final Set<String> OURS = Set.of(
            "host", "user-agent", "content-length", "connection", "transfer-encoding", "accept-encoding", "expect");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "DELETE");

    private RequestText() {}

    /** @throws IllegalArgumentException when a header is one that the client sets, or has a character that no header may have */
    static byte[] head(EgressRequest request, Target target) {
        StringBuilder text = new StringBuilder(512)
                .append(token(request.method()))
                .append(' ')
                .append(target.pathAndQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(target.authority())
                .append("\r\nUser-Agent: ")
                .append(USER_AGENT)
                .append("\r\nAccept-Encoding: identity\r\nConnection: close\r\n");
        if (request.body().length > 0 || !WITHOUT_BODY.contains(request.method())) {
            text.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        for (Map.Entry<String, String> header : request.headers().entrySet()) {
            if (OURS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("the client sets this header itself: " + header.getKey());
            }
            text.append(token(header.getKey()))
                    .append(": ")
                    .append(value(header.getKey(), header.getValue()))
                    .append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String token(String text) {
        boolean good = !text.isEmpty()
                && text.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || c == '-'
                                || c == '_');
        if (!good) {
            throw new IllegalArgumentException("not a method or a header name");
        }
        return text;
    }

    private static String value(String name, String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~' || c == '\t')) {
            throw new IllegalArgumentException(
                    "the value of this header has a character that it may not have: " + name);
        }
        return text;
    }
}
