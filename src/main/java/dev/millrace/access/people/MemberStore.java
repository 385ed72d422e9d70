package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.util.List;
import java.util.Optional;

/** The rows of {@code members}. */
final class MemberStore {
    private static final String MEMBERS = """
            select m.id, m.organization, m.person, m.role, m.created_at, p.name, p.email, sm.reason as excluded
            from members m join people p on p.id = m.person
            left join suspensions sm on sm.subject = 'member:' || m.id
            where m.organization = ?
            """;
    private static final String MEMBERSHIPS = """
            select m.id, m.organization, m.role, o.name, o.operator, so.reason as suspended, sm.reason as excluded
            from members m
            join organizations o on o.id = m.organization
            left join suspensions so on so.subject = 'organization:' || m.organization
            left join suspensions sm on sm.subject = 'member:' || m.id
            where m.person = ?
            """;
    /** A suspended owner is none: he could let nobody in again. */
    private static final String OTHER_OWNERS = """
             and (role <> 'owner' or exists (
                select 1 from members o where o.organization = ? and o.role = 'owner' and o.id <> ?
                and not exists (select 1 from suspensions so where so.subject = 'member:' || o.id)))
            """;

    boolean add(Tx tx, MemberId id, OrganizationId organization, PersonId person, Role role) {
        return tx.update("""
                        insert into members (id, organization, person, role, created_at) values (?, ?, ?, ?, ?)
                        on conflict do nothing
                        """, id, organization, person, role, tx.now()) == 1;
    }

    List<Member> list(Tx tx, OrganizationId organization) {
        return tx.list(MEMBERS + " order by m.created_at, m.id", MemberStore::member, organization);
    }

    Optional<Member> find(Tx tx, OrganizationId organization, MemberId id) {
        return tx.one(MEMBERS + " and m.id = ?", MemberStore::member, organization, id);
    }

    List<Membership> of(Tx tx, PersonId person) {
        return tx.list(MEMBERSHIPS + " order by m.created_at, m.id", MemberStore::membership, person);
    }

    Optional<Membership> of(Tx tx, PersonId person, OrganizationId organization) {
        return tx.one(MEMBERSHIPS + " and m.organization = ?", MemberStore::membership, person, organization);
    }

    /** Two owners who step down at the same moment would leave none: they wait for each other here. */
    void inTurn(Tx tx, OrganizationId organization) {
        tx.update("update organizations set name = name where id = ?", organization);
    }

    boolean setRole(Tx tx, OrganizationId organization, MemberId id, Role role) {
        String keepsOwner = role == Role.OWNER ? "" : OTHER_OWNERS;
        String sql = "update members set role = ? where id = ? and organization = ?" + keepsOwner;
        return role == Role.OWNER
                ? tx.won(sql, role, id, organization)
                : tx.won(sql, role, id, organization, organization, id);
    }

    /** Whether the organization has an owner who is not suspended, but for this member. */
    boolean keepsOwner(Tx tx, OrganizationId organization, MemberId id) {
        return tx.one(
                        "select id from members where id = ? and organization = ?" + OTHER_OWNERS,
                        row -> row.text("id"),
                        id,
                        organization,
                        organization,
                        id)
                .isPresent();
    }

    boolean remove(Tx tx, OrganizationId organization, MemberId id) {
        return tx.won(
                "delete from members where id = ? and organization = ?" + OTHER_OWNERS,
                id,
                organization,
                organization,
                id);
    }

    private static Member member(Row row) {
        return new Member(
                new MemberId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                new PersonId(row.uuid("person")),
                role(row),
                row.instant("created_at"),
                row.text("name"),
                new Email(row.text("email")),
                row.textOrNull("excluded"));
    }

    private static Membership membership(Row row) {
        return new Membership(
                new MemberId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                row.text("name"),
                role(row),
                row.flag("operator"),
                row.textOrNull("suspended"),
                row.textOrNull("excluded"));
    }

    private static Role role(Row row) {
        return Role.parse(row.text("role")).orElseThrow(() -> new IllegalStateException("bug: a role that is none"));
    }
}
