package dev.millrace.idempotency;

import dev.millrace.crypto.Digest;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;

/**
 * Names one intended effect: what a client sends so that its retries are recognized.
 *
 * @param organization whose key it is; keys of two organizations never meet
 * @param surface the method and the path pattern that the key was sent to, as {@code POST /api/v1/generations}
 * @param key the client's text: 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(OrganizationId organization, String surface, String key) {
    /** The header that carries it in every dialect. */
    public static final String HEADER = "Idempotency-Key";

    private static final int LENGTH_MAX = 255;

    /**
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code Idempotency-Key} when the text is
     *     empty, too long or not printable ASCII
     */
    public IdempotencyKey {
        if (key.isEmpty()) {
            throw wrong(
                    "the header is empty; send 1 to 255 printable ASCII characters, such as a UUID, or leave it out.");
        }
        if (key.length() > LENGTH_MAX) {
            throw wrong("the key has " + key.length() + " characters; send at most " + LENGTH_MAX + ".");
        }
        if (!key.chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
            throw wrong("the key has characters that are not printable ASCII; send a UUID, for example.");
        }
    }

    String keyHash() {
        return Digest.hex(Digest.sha256(key));
    }

    private static RuntimeException wrong(String message) {
        return Problem.parameter(HEADER, message).toException();
    }
}
