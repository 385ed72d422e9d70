package dev.millrace.api.apiframe;

import dev.millrace.api.apiframe.ApiframeSettings.SecretForm;
import dev.millrace.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The signature of a webhook: HMAC-SHA-256 over the exact body, keyed with the SHA-256 of the full API key. */
final class WebhookSignature {
    private WebhookSignature() {}

    /**
     * The value of {@code X-Webhook-Signature}.
     *
     * @param keyHash the SHA-256 of the key, in lower-case hexadecimal
     */
    static String of(String keyHash, SecretForm form, byte[] body) {
        byte[] secret = switch (form) {
            case RAW -> HexFormat.of().parseHex(keyHash);
            case HEX -> keyHash.getBytes(StandardCharsets.US_ASCII);
        };
        return "sha256=" + Digest.hex(Digest.hmacSha256(secret, body));
    }
}
