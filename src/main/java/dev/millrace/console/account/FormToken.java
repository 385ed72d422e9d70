package dev.millrace.console.account;

import dev.millrace.crypto.Digest;
import java.nio.charset.StandardCharsets;

/** Shows that a form comes from a page that was made for this browser: derived from a secret that only its cookie has. */
final class FormToken {
    static final String FIELD = "form_token";

    private FormToken() {}

    static String of(String secret) {
        return Digest.hex(Digest.sha256("console form " + secret));
    }

    static boolean fits(String token, String secret) {
        return !secret.isEmpty()
                && Digest.same(
                        token.getBytes(StandardCharsets.UTF_8), of(secret).getBytes(StandardCharsets.UTF_8));
    }
}
