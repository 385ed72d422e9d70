package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One person in one organization.
 *
 * @param name the person's
 * @param email the person's
 * @param excluded why he is suspended there; null while he is not
 */
public record Member(
        MemberId id,
        OrganizationId organization,
        PersonId person,
        Role role,
        Instant since,
        String name,
        Email email,
        @Nullable String excluded) {}
