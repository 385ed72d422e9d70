package dev.millrace.access.people;

import dev.millrace.id.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signs in.
 *
 * @param email where letters reach him, and by which he signs in
 * @param verified whether he has shown that the address is his
 * @param hasPassword whether he can sign in with one
 * @param twoStepSince since when signing in takes a second step; null where it takes none
 * @param awaited whether he signed up by mail and has not opened his letter yet: until then he does not sign in
 */
public record Person(
        PersonId id,
        Email email,
        String name,
        boolean verified,
        boolean hasPassword,
        @Nullable Instant twoStepSince,
        boolean awaited,
        Instant createdAt) {
    public boolean twoStep() {
        return twoStepSince != null;
    }
}
