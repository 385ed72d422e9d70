package dev.millrace.privacy;

import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.util.Optional;

/** Who is exported or erased. */
public sealed interface Subject {
    /** A whole organization. */
    record OfOrganization(OrganizationId organization) implements Subject {}

    /** A person, with what he has in every organization. */
    record OfPerson(PersonId person) implements Subject {}

    /** {@code organization} or {@code person}. */
    default String kind() {
        return switch (this) {
            case OfOrganization organizations -> "organization";
            case OfPerson persons -> "person";
        };
    }

    /** The id alone. */
    default String id() {
        return switch (this) {
            case OfOrganization(OrganizationId organization) -> organization.text();
            case OfPerson(PersonId person) -> person.text();
        };
    }

    /** As the audit log writes it, {@code person:4f…}. */
    default String text() {
        return kind() + ":" + id();
    }

    /** What {@link #text} says; empty for any other text. */
    static Optional<Subject> parse(String text) {
        int colon = text.indexOf(':');
        String id = text.substring(colon + 1);
        return switch (text.substring(0, Math.max(0, colon))) {
            case "organization" -> OrganizationId.parse(id).map(OfOrganization::new);
            case "person" -> PersonId.parse(id).map(OfPerson::new);
            default -> Optional.empty();
        };
    }
}
