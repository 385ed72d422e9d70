package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.access.people.Invitation.State;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.InvitationId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code invitations}. */
final class InvitationStore {
    private static final int LISTED = 200;
    private static final String COLUMNS =
            "select id, organization, email, role, created_at, expires_at, used_at, revoked_at from invitations";
    private static final String OPEN = " and used_at is null and revoked_at is null";

    void add(Tx tx, Invitation invitation, byte[] hash, String invitedBy) {
        tx.update(
                """
                insert into invitations (id, organization, hash, email, role, invited_by, created_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                invitation.id(),
                invitation.organization(),
                hash,
                invitation.email() == null ? null : invitation.email().text(),
                invitation.role(),
                invitedBy,
                invitation.createdAt(),
                invitation.expiresAt());
    }

    Optional<Invitation> open(Tx tx, byte[] hash) {
        Instant now = tx.now();
        return tx.one(COLUMNS + " where hash = ? and expires_at > ?" + OPEN, row -> read(row, now), hash, now);
    }

    /** However it stands. */
    Optional<Invitation> known(Tx tx, byte[] hash) {
        Instant now = tx.now();
        return tx.one(COLUMNS + " where hash = ?", row -> read(row, now), hash);
    }

    Optional<String> invitedBy(Tx tx, InvitationId id) {
        return tx.one("select invited_by from invitations where id = ?", row -> row.text("invited_by"), id);
    }

    boolean mailed(Tx tx, InvitationId id) {
        return tx.won("update invitations set mailed_at = ? where id = ? and email is not null" + OPEN, tx.now(), id);
    }

    boolean wasMailed(Tx tx, InvitationId id) {
        return tx.one("select id from invitations where id = ? and mailed_at is not null", row -> row.text("id"), id)
                .isPresent();
    }

    List<Invitation> list(Tx tx, OrganizationId organization) {
        Instant now = tx.now();
        return tx.list(
                COLUMNS + " where organization = ? order by created_at desc, id desc limit ?",
                row -> read(row, now),
                organization,
                LISTED);
    }

    boolean use(Tx tx, InvitationId id, PersonId by) {
        return tx.won(
                "update invitations set used_at = ?, used_by = ? where id = ? and expires_at > ?" + OPEN,
                tx.now(),
                by,
                id,
                tx.now());
    }

    boolean revoke(Tx tx, OrganizationId organization, InvitationId id) {
        return tx.won(
                "update invitations set revoked_at = ? where id = ? and organization = ?" + OPEN,
                tx.now(),
                id,
                organization);
    }

    int revokeOf(Tx tx, OrganizationId organization, String invitedBy) {
        return tx.update(
                "update invitations set revoked_at = ? where organization = ? and invited_by = ?" + OPEN,
                tx.now(),
                organization,
                invitedBy);
    }

    int prune(Tx tx, Instant before, int limit) {
        return tx.update("""
                delete from invitations where id in (
                    select id from invitations where expires_at <= ? order by expires_at limit ?)
                """, before, limit);
    }

    private static Invitation read(Row row, Instant now) {
        String email = row.textOrNull("email");
        Instant end = row.instant("expires_at");
        return new Invitation(
                new InvitationId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                email == null ? null : new Email(email),
                Role.parse(row.text("role")).orElseThrow(),
                state(row, !end.isAfter(now)),
                row.instant("created_at"),
                end);
    }

    private static State state(Row row, boolean past) {
        if (row.instantOrNull("used_at") != null) {
            return State.USED;
        }
        if (row.instantOrNull("revoked_at") != null) {
            return State.REVOKED;
        }
        return past ? State.EXPIRED : State.OPEN;
    }
}
