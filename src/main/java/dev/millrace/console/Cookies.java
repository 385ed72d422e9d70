package dev.millrace.console;

import dev.millrace.server.Request;
import java.util.Optional;

/** The cookies that a browser sends. */
public final class Cookies {
    /** The cookie of a session. */
    public static final String SESSION = "millrace_session";

    private Cookies() {}

    /** The value of the first cookie of that name. */
    public static Optional<String> value(Request request, String name) {
        for (String header : request.headers("Cookie")) {
            for (String pair : header.split(";", -1)) {
                int sign = pair.indexOf('=');
                if (sign > 0 && pair.substring(0, sign).strip().equals(name)) {
                    return Optional.of(pair.substring(sign + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
