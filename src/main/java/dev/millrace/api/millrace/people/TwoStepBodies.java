package dev.millrace.api.millrace.people;

import java.util.List;

/** The second step of signing in, on the wire. */
final class TwoStepBodies {
    private TwoStepBodies() {}

    /**
     * A new secret.
     *
     * @param secret in base 32, to type into an authenticator; shown this once
     * @param uri the same for a QR code
     */
    record SecretBody(String object, String secret, String uri) {}

    /** The codes for who has lost his authenticator; each works once, and they are shown this once. */
    record RecoveryBody(String object, List<String> recovery_codes) {}
}
