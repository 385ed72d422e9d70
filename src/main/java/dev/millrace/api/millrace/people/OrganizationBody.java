package dev.millrace.api.millrace.people;

import dev.millrace.access.Organization;

/**
 * An organization.
 *
 * @param operator whether it runs this installation
 * @param time_zone in which its days and months begin
 */
record OrganizationBody(String object, String id, String name, boolean operator, String time_zone, String created_at) {
    static OrganizationBody of(Organization organization) {
        return new OrganizationBody(
                "organization",
                organization.id().text(),
                organization.name(),
                organization.operator(),
                organization.timeZone().getId(),
                organization.createdAt().toString());
    }
}
