package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;

/** A key that was just made, with the only copy of its secret: show it once, then forget it. */
public record NewKey(OrganizationId organization, KeyId id, String secret) {
    /** The whole text that authenticates, {@code mr_<id>_<secret>}. */
    public String full() {
        return KeyText.full(id.text(), secret);
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "NewKey[" + id + "]";
    }
}
