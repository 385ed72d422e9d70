package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;

/**
 * Whom an authenticated request comes from.
 *
 * @param keyHash the SHA-256 of the key's full text, which also keys the signatures of some dialects' webhooks
 * @param operator whether the organization runs this installation, and so may make others
 */
public record Principal(
        OrganizationId organization,
        KeyId key,
        String keyName,
        Environment environment,
        byte[] keyHash,
        boolean operator) {

    /** The same key of the same organization is the same principal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Principal principal && principal.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "Principal[" + organization + ", key " + key + ", " + environment.wire() + "]";
    }
}
