package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose spending a cap counts: all of an organization, one member's, or one key's.
 *
 * @param id the member's or the key's; empty for the organization
 */
public record CapSubject(OrganizationId organization, Kind kind, String id) {
    /** What a cap can be set on. */
    public enum Kind {
        ORGANIZATION,
        MEMBER,
        KEY;

        /** The name in the database and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static CapSubject organization(OrganizationId organization) {
        return new CapSubject(organization, Kind.ORGANIZATION, "");
    }

    public static CapSubject member(OrganizationId organization, MemberId member) {
        return new CapSubject(organization, Kind.MEMBER, member.text());
    }

    public static CapSubject key(OrganizationId organization, KeyId key) {
        return new CapSubject(organization, Kind.KEY, key.text());
    }

    /** Its name within the organization, in the database and on the wire: {@code organization}, {@code member:<id>} or {@code key:<id>}. */
    public String code() {
        return kind == Kind.ORGANIZATION ? kind.wire() : kind.wire() + ":" + id;
    }

    /** The subject of that name, if it has the form of one. */
    public static Optional<CapSubject> of(OrganizationId organization, String code) {
        if (code.equals(Kind.ORGANIZATION.wire())) {
            return Optional.of(organization(organization));
        }
        int colon = code.indexOf(':');
        String id = code.substring(colon + 1);
        return switch (colon < 0 ? "" : code.substring(0, colon)) {
            case "member" -> MemberId.parse(id).map(member -> member(organization, member));
            case "key" -> KeyId.parse(id).map(key -> key(organization, key));
            default -> Optional.empty();
        };
    }

    /** The member, when it is one. */
    public @Nullable MemberId member() {
        return kind == Kind.MEMBER ? MemberId.parse(id).orElseThrow() : null;
    }

    /** The key, when it is one. */
    public @Nullable KeyId key() {
        return kind == Kind.KEY ? new KeyId(id) : null;
    }

    /** The codes of all whose caps a request of this spender has to pass; always three, of which two may be the same. */
    static List<String> codes(Spender spender) {
        List<String> codes = new ArrayList<>(3);
        codes.add(organization(spender.organization()).code());
        codes.add(key(spender.organization(), spender.key()).code());
        MemberId member = spender.member();
        codes.add(
                member == null
                        ? codes.getFirst()
                        : member(spender.organization(), member).code());
        return codes;
    }
}
