package dev.millrace.access;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import java.util.Optional;

/** Who can be suspended: a key, a member with all keys that are the member's, or a whole organization. */
public sealed interface Suspendable {
    /** One key. */
    record OfKey(KeyId key) implements Suspendable {}

    /** A member, wherever the member acts for the organization: signed in, or by a key. */
    record OfMember(MemberId member) implements Suspendable {}

    /** An organization, with everybody and every key in it. */
    record OfOrganization(OrganizationId organization) implements Suspendable {}

    /** Its name in the database and in the audit log, as {@code key:4f…}. */
    default String subject() {
        return switch (this) {
            case OfKey(KeyId key) -> "key:" + key.text();
            case OfMember(MemberId member) -> "member:" + member.text();
            case OfOrganization(OrganizationId organization) -> "organization:" + organization.text();
        };
    }

    /** What {@link #subject} says; empty for any other text. */
    static Optional<Suspendable> parse(String subject) {
        int colon = subject.indexOf(':');
        String id = subject.substring(colon + 1);
        return switch (subject.substring(0, Math.max(0, colon))) {
            case "key" -> KeyId.parse(id).map(OfKey::new);
            case "member" -> MemberId.parse(id).map(OfMember::new);
            case "organization" -> OrganizationId.parse(id).map(OfOrganization::new);
            default -> Optional.empty();
        };
    }
}
