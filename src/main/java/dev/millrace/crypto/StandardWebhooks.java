package dev.millrace.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs and checks messages as Standard Webhooks 1.0 says, with its symmetric scheme {@code v1}: HMAC-SHA-256 over id, time and
 * bytes. The headers are {@value #ID}, {@value #TIMESTAMP} (seconds since the epoch) and {@value #SIGNATURE}, which may list several
 * signatures while a secret is replaced.
 */
public final class StandardWebhooks {
    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    /** How far the time of a message may be from now, either way. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int SIGNATURES_MAX = 16;

    private final byte[] key;

    /** @param key the bytes of the secret, 24 to 64 */
    public StandardWebhooks(byte[] key) {
        this.key = key.clone();
    }

    /**
     * With a secret as it is handed out: {@code whsec_} and base64, or base64 alone.
     *
     * @throws IllegalArgumentException when it is not base64
     */
    public static StandardWebhooks of(String secret) {
        String bare = secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret;
        return new StandardWebhooks(Base64.getDecoder().decode(bare));
    }

    /** What a message is. */
    public enum Check {
        /** Signed with this secret, and fresh. */
        GOOD,
        /** A header is missing. */
        UNSIGNED,
        /** Its time is none, or too far from now. */
        STALE,
        /** No signature fits. */
        FORGED
    }

    /** The value of {@value #SIGNATURE} for a message that is sent at that time. */
    public String sign(String id, Instant time, byte[] body) {
        return VERSION + Base64.getEncoder().encodeToString(signed(id, Long.toString(time.getEpochSecond()), body));
    }

    /**
     * What a message is by its headers and its exact bytes.
     *
     * @param header the value of a header by its name in lower case
     */
    public Check check(Function<String, Optional<String>> header, byte[] body, Instant now) {
        String id = header.apply(ID).orElse("");
        String time = header.apply(TIMESTAMP).orElse("");
        String signatures = header.apply(SIGNATURE).orElse("");
        if (id.isEmpty() || time.isEmpty() || signatures.isEmpty()) {
            return Check.UNSIGNED;
        }
        // First whether it is genuine, so that nobody learns by guessing what time is taken.
        if (!fits(signatures, signed(id, time, body))) {
            return Check.FORGED;
        }
        return fresh(time, now) ? Check.GOOD : Check.STALE;
    }

    private static boolean fits(String signatures, byte[] expected) {
        boolean fits = false;
        for (String one : signatures.split(" ", SIGNATURES_MAX)) {
            fits |= one.startsWith(VERSION) && Digest.same(decoded(one.substring(VERSION.length())), expected);
        }
        return fits;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static boolean fresh(String time, Instant now) {
        if (!time.matches("[0-9]{1,11}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now);
        return age.abs().compareTo(TOLERANCE) <= 0;
    }

    private byte[] signed(String id, String time, byte[] body) {
        byte[] head = (id + "." + time + ".").getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return Digest.hmacSha256(key, all);
    }
}
