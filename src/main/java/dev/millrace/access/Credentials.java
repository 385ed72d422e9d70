package dev.millrace.access;

import dev.millrace.problem.ProblemException;
import java.util.List;
import java.util.Locale;

/** The text of a key, as the headers of a request carry it. */
public final class Credentials {
    private Credentials() {}

    /**
     * The full key in {@code Authorization} headers: {@code Bearer mr_<id>_<secret>}, or {@code Key <id>:<secret>}.
     *
     * @param headers every {@code Authorization} header of the request
     * @throws ProblemException {@code UNAUTHENTICATED} when there is none, more than one, or one of another form
     */
    public static String ofAuthorization(List<String> headers) {
        if (headers.isEmpty() || headers.getFirst().isBlank()) {
            throw Unauthenticated.MISSING.exception();
        }
        if (headers.size() > 1) {
            throw Unauthenticated.AMBIGUOUS.exception();
        }
        String header = headers.getFirst().strip();
        int space = header.indexOf(' ');
        String value = header.substring(space + 1).strip();
        return switch (space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT)) {
            case "bearer" -> value;
            case "key" -> pair(value);
            default -> throw Unauthenticated.MALFORMED.exception();
        };
    }

    /** The full key of an id and a secret that came apart, as in {@code hf-api-key} and {@code hf-secret}. */
    public static String ofPair(String keyId, String secret) {
        return KeyText.full(keyId.strip(), secret.strip());
    }

    private static String pair(String value) {
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw Unauthenticated.MALFORMED.exception();
        }
        return ofPair(value.substring(0, colon), value.substring(colon + 1));
    }
}
