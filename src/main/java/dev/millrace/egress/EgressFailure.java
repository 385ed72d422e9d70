package dev.millrace.egress;

import java.util.Locale;

/** Why no complete answer came. */
public enum EgressFailure {
    /** The URL or the address behind it is not one that may be reached; nothing was sent. */
    REFUSED,
    /** The name has no address; nothing was sent. */
    UNRESOLVED,
    /** No connection was made, or its TLS handshake failed; nothing was sent. */
    NOT_CONNECTED,
    /** The time was over; the request may have arrived. */
    TIMED_OUT,
    /** The connection broke; the request may have arrived. */
    BROKEN,
    /** What came is no HTTP answer. */
    MALFORMED,
    /** The answer was larger than allowed. */
    TOO_LARGE;

    /** Whether it is certain that the other side did not see the request. */
    public boolean unsent() {
        return this == REFUSED || this == UNRESOLVED || this == NOT_CONNECTED;
    }

    /** The stable lower-case name for logs and rows. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }
}
