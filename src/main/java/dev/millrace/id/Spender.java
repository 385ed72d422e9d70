package dev.millrace.id;

import org.jspecify.annotations.Nullable;

/**
 * Who spends: every cap that applies to a request is found by it.
 *
 * @param organization whose wallet pays
 * @param key which asks
 * @param member whose key it is; null for a key that belongs to nobody in particular
 */
public record Spender(
        OrganizationId organization, KeyId key, @Nullable MemberId member) {
    /** A key that belongs to no member. */
    public static Spender of(OrganizationId organization, KeyId key) {
        return new Spender(organization, key, null);
    }
}
