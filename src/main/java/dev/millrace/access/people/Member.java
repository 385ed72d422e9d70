package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.time.Instant;

/**
 * One person in one organization.
 *
 * @param name the person's
 * @param email the person's
 */
public record Member(
        MemberId id,
        OrganizationId organization,
        PersonId person,
        Role role,
        Instant since,
        String name,
        Email email) {}
