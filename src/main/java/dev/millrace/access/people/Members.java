package dev.millrace.access.people;

import dev.millrace.access.Role;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.util.List;
import java.util.Optional;

/** Who belongs to which organization. The last owner of one can neither leave nor step down. Safe for all threads. */
public final class Members {
    private final IdSource ids;
    private final MemberStore store = new MemberStore();

    public Members(IdSource ids) {
        this.ids = ids;
    }

    /** What came of a change. */
    public enum Change {
        /** It is done. */
        DONE,
        /** The organization has no such member. */
        ABSENT,
        /** The organization would be left without an owner. */
        LAST_OWNER
    }

    /** Makes somebody a member; empty when he is one already. */
    public Optional<MemberId> add(Tx tx, OrganizationId organization, PersonId person, Role role) {
        MemberId id = ids.member();
        return store.add(tx, id, organization, person, role) ? Optional.of(id) : Optional.empty();
    }

    /** The members of an organization, the oldest first. */
    public List<Member> list(Tx tx, OrganizationId organization) {
        return store.list(tx, organization);
    }

    public Optional<Member> find(Tx tx, OrganizationId organization, MemberId id) {
        return store.find(tx, organization, id);
    }

    /** All that a person is a member of, the oldest first. */
    public List<Membership> of(Tx tx, PersonId person) {
        return store.of(tx, person);
    }

    /** What a person is in that organization; empty when he is not in it, or it is not there. */
    public Optional<Membership> of(Tx tx, PersonId person, OrganizationId organization) {
        return store.of(tx, person, organization);
    }

    /** Lets whoever else changes members of the organization wait for the end of this transaction. */
    void inTurn(Tx tx, OrganizationId organization) {
        store.inTurn(tx, organization);
    }

    /** Whether an owner who can sign in stays when this member no longer counts. */
    public boolean keepsOwner(Tx tx, OrganizationId organization, MemberId id) {
        store.inTurn(tx, organization);
        return store.keepsOwner(tx, organization, id);
    }

    /** Gives a member another role. */
    public Change setRole(Tx tx, OrganizationId organization, MemberId id, Role role) {
        store.inTurn(tx, organization);
        return store.setRole(tx, organization, id, role) ? Change.DONE : refused(tx, organization, id);
    }

    /** Takes a member out; what he made stays. */
    public Change remove(Tx tx, OrganizationId organization, MemberId id) {
        store.inTurn(tx, organization);
        return store.remove(tx, organization, id) ? Change.DONE : refused(tx, organization, id);
    }

    private Change refused(Tx tx, OrganizationId organization, MemberId id) {
        return store.find(tx, organization, id).isPresent() ? Change.LAST_OWNER : Change.ABSENT;
    }
}
