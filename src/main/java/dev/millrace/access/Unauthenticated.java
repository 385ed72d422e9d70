package dev.millrace.access;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.Locale;
import java.util.Map;

/**
 * Why credentials were refused, in words that help their owner and nobody else: a wrong secret and an unknown id sound
 * the same, and only who holds a whole key hears that it was revoked.
 */
public enum Unauthenticated {
    MISSING("No API key was sent. Send one, as \"Authorization: Bearer mr_<id>_<secret>\"."),
    AMBIGUOUS("More than one set of credentials was sent. Send one."),
    MALFORMED("This is not an API key: a key has the form mr_<id>_<secret>. Copy it again, whole."),
    CHECKSUM("The API key is mistyped or cut off: its checksum does not hold. Copy it again, whole."),
    UNKNOWN("The API key is not known here."),
    SESSION("The session is over, or never was: sign in again."),
    PASSWORD("The address or the password is wrong."),
    CODE_NEEDED("Signing in takes a second step: send the code that your authenticator shows, or a recovery code."),
    CODE("The code is wrong, or was used already. Wait for the next one."),
    LINK("The link was used, was revoked or has expired. Ask for a new one."),
    OIDC_STATE("The sign-in was over, took too long, or was begun in another browser. Begin again."),
    OIDC_REFUSED("The identity provider did not let you in. Begin again, or sign in another way."),
    OIDC_TOKEN(
            "What the identity provider sent is not to be believed. Begin again; where it stays so, tell whoever runs this."),
    REVOKED("The API key was revoked. Make a new one."),
    EXPIRED("The API key has expired. Make a new one, or have its end put off."),
    REPLACED("The API key was rotated, and the time that its former secret had left is over. Use the new secret.");

    private final String detail;

    Unauthenticated(String detail) {
        this.detail = detail;
    }

    public ProblemException exception() {
        return Problem.of(ProblemCode.UNAUTHENTICATED, detail)
                .withFacts(Map.of("reason", name().toLowerCase(Locale.ROOT)))
                .toException();
    }
}
