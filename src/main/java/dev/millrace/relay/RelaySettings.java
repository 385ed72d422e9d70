package dev.millrace.relay;

/**
 * How live requests are run.
 *
 * @param hangUp what happens when a client hangs up and its request did not say: {@code cancel}, {@code drain}, {@code
 *     drain:200} (tokens) or {@code drain:10s}
 */
public record RelaySettings(String hangUp) {
    public static final RelaySettings DEFAULTS = new RelaySettings("cancel");

    /** @throws IllegalArgumentException when the text is no policy */
    public RelaySettings {
        if (HangUp.parse(hangUp).isEmpty()) {
            throw new IllegalArgumentException("hang_up must be " + HangUp.FORMS);
        }
    }

    /** The policy of requests that state none. */
    HangUp policy() {
        return HangUp.parse(hangUp).orElseThrow();
    }
}
