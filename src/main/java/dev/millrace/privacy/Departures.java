package dev.millrace.privacy;

import dev.millrace.access.Access;
import dev.millrace.access.Forbidden;
import dev.millrace.access.KeyState;
import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.people.Members;
import dev.millrace.access.people.Membership;
import dev.millrace.access.people.People;
import dev.millrace.access.people.Person;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Erases people and organizations. A person is gone in one transaction. An organization is shut in one, and then emptied by due work,
 * which goes on after a crash. Asked again, both answer what stands already. Safe for all threads.
 */
public final class Departures {
    static final String KIND = "departure";
    static final int BATCH = 500;
    static final Duration SOON = Duration.ofSeconds(1);
    private static final int REASON_MAX = 200;

    /** What of an organization goes before anything else: with it nobody gets in, and nothing pays any more. */
    private static final Set<String> AT_ONCE = Set.of("suspensions", "members", "invitations", "auto_topups");

    private final Rooms rooms;
    private final DepartureStore store = new DepartureStore();
    private final RowStore rows = new RowStore();
    private volatile Runnable wake = () -> {};

    public Departures(Rooms rooms) {
        this.rooms = rooms;
    }

    /** What it takes to begin. */
    public record Rooms(
            Database database,
            DueWork dueWork,
            Access access,
            Organizations organizations,
            People people,
            Members members,
            Trail trail,
            Standstill standstill) {}

    /**
     * Erases a person: signed out everywhere, member of nothing, and unknown by name and address, at once.
     *
     * @param reason why, in words that name nobody: it is kept
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} while an organization would be left without an owner; {@code
     *     INVALID_PARAMETER} on {@code reason}
     */
    public Departure person(PersonId id, String reason, Actor by) {
        Subject subject = new Subject.OfPerson(id);
        String why = checked(reason);
        Optional<Departure> before = rooms.database().read(tx -> before(tx, subject, id));
        if (before.isPresent()) {
            return before.get();
        }
        // What may be long goes before, in small steps; asked again after a crash, it goes on there.
        Entry particulars = Inventory.table("audit_particulars");
        Finding finding = Finding.of(subject, null);
        inBatches(id.text(), tx -> rows.erase(tx, particulars, rule(particulars, subject), finding, BATCH));
        Departure gone = rooms.database().writer().write(id.text(), tx -> leave(tx, subject, id, why, by));
        if (rooms.database().forget()) {
            rooms.database().writer().write(id.text(), tx -> rooms.dueWork().removeUnclaimed(tx, KIND, subject.text()));
        }
        return gone;
    }

    /** What stands already; empty for who is here and may leave. */
    private Optional<Departure> before(Tx tx, Subject subject, PersonId id) {
        Optional<Person> person = rooms.people().find(tx, id);
        if (person.isEmpty()) {
            return Optional.of(store.find(tx, subject).orElseThrow(Departures::nobody));
        }
        mayLeave(tx, person.get());
        return Optional.empty();
    }

    /** The first of those who ask at once does it; the others get what came of it. */
    private Departure leave(Tx tx, Subject subject, PersonId id, String reason, Actor by) {
        if (!store.add(tx, subject, named(by), reason)) {
            return store.find(tx, subject).orElseThrow();
        }
        Person person = rooms.people().find(tx, id).orElseThrow(Departures::nobody);
        Map<String, Long> counts = new TreeMap<>();
        List<Membership> memberships = rooms.members().of(tx, person.id());
        for (Membership membership : memberships) {
            rooms.access()
                    .ofMember(tx, membership.organization(), membership.id())
                    .forEach(key -> rooms.access().revoke(tx, membership.organization(), key));
        }
        Finding finding = Finding.of(subject, person.email().text());
        for (Entry entry : Inventory.ALL) {
            if (entry.table().equals("members")) {
                memberships.forEach(one -> quit(tx, one, person.id(), by));
                counts.put("members", (long) memberships.size());
            } else {
                entry.of(subject).ifPresent(rule -> eraseAll(tx, entry, rule, finding, counts));
            }
        }
        store.erased(tx, person.id());
        store.count(tx, subject, counts);
        store.done(tx, subject);
        rooms.trail().write(tx, faceless(by).about(null), "person.erase", subject.text(), Map.of("reason", reason));
        // Should files of the database keep what was deleted because somebody reads, it is tried again.
        rooms.dueWork().add(tx, KIND, subject.text(), id.text(), tx.now().plus(SOON));
        return store.find(tx, subject).orElseThrow();
    }

    private void quit(Tx tx, Membership membership, PersonId person, Actor by) {
        if (rooms.members().remove(tx, membership.organization(), membership.id()) == Members.Change.LAST_OWNER) {
            throw lastOwner(membership);
        }
        rooms.trail()
                .write(
                        tx,
                        faceless(by).about(membership.organization()),
                        "member.erase",
                        "member:" + membership.id(),
                        Map.of("person", person.text()));
    }

    private void mayLeave(Tx tx, Person person) {
        for (Membership one : rooms.members().of(tx, person.id())) {
            boolean alone = rooms.members().list(tx, one.organization()).stream()
                    .noneMatch(other -> other.role() == dev.millrace.access.Role.OWNER
                            && !other.id().equals(one.id()));
            if (one.role() == dev.millrace.access.Role.OWNER && alone) {
                throw lastOwner(one);
            }
        }
    }

    /**
     * Begins to erase an organization, and returns when it is shut: suspended, its keys revoked, its members out. The rest follows on any
     * node that runs.
     *
     * @param reason why, in words that name nobody: it is kept
     * @throws ProblemException {@code NOT_FOUND}; {@code FORBIDDEN} for the one that runs the installation; {@code INVALID_PARAMETER} on
     *     {@code reason}
     */
    public Departure organization(OrganizationId id, String reason, Actor by) {
        Subject subject = new Subject.OfOrganization(id);
        String why = checked(reason);
        return rooms.database().writer().write(id.text(), tx -> {
            Organization organization = rooms.organizations()
                    .find(tx, id)
                    .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
            if (organization.operator()) {
                throw Forbidden.ORGANIZATION.exception(
                        "This organization runs the installation; it can not be erased.");
            }
            return store.find(tx, subject).orElseGet(() -> shut(tx, subject, id, why, by));
        });
    }

    private Departure shut(Tx tx, Subject subject, OrganizationId id, String reason, Actor by) {
        store.add(tx, subject, named(by), reason);
        rooms.standstill().begin(tx, faceless(by), id);
        Map<String, Long> counts = new TreeMap<>();
        List<KeyId> keys = rooms.access().list(tx, id).stream()
                .filter(key -> key.state() == KeyState.ACTIVE)
                .map(key -> key.id())
                .toList();
        keys.forEach(key -> rooms.access().revoke(tx, id, key));
        counts.put("keys revoked", (long) keys.size());
        Inventory.ALL.stream()
                .filter(entry -> AT_ONCE.contains(entry.table()))
                .forEach(entry -> eraseAll(tx, entry, rule(entry, subject), Finding.of(subject, null), counts));
        store.count(tx, subject, counts);
        rooms.trail().write(tx, faceless(by).about(id), "organization.erase", subject.text(), Map.of("reason", reason));
        rooms.dueWork().add(tx, KIND, id.text(), id.text(), tx.now());
        tx.afterCommit(wake);
        return store.find(tx, subject).orElseThrow();
    }

    /** What became of somebody's wish to be erased; empty when there was none. */
    public Optional<Departure> find(Subject subject) {
        return rooms.database().read(tx -> store.find(tx, subject));
    }

    /** Who was erased last, newest first. */
    public List<Departure> list(int limit) {
        return rooms.database().read(tx -> store.list(tx, limit));
    }

    Rooms rooms() {
        return rooms;
    }

    /** Is told when there is work. */
    void wakes(Runnable signal) {
        this.wake = signal;
    }

    private void eraseAll(Tx tx, Entry entry, Rule rule, Finding finding, Map<String, Long> counts) {
        int changed;
        do {
            changed = rows.erase(tx, entry, rule, finding, BATCH);
            if (changed > 0) {
                counts.merge(entry.table(), (long) changed, Long::sum);
            }
        } while (changed == BATCH);
    }

    private void inBatches(String lane, dev.millrace.db.TxWork<Integer> step) {
        Supplier<Integer> once = () -> rooms.database().writer().write(lane, step);
        int changed = once.get();
        while (changed == BATCH) {
            changed = once.get();
        }
    }

    private static Rule rule(Entry entry, Subject subject) {
        return entry.of(subject).orElseThrow();
    }

    /** Who erases himself leaves no address behind with the line that says so. */
    private static Actor faceless(Actor by) {
        return by.kind() == Actor.Kind.PERSON ? new Actor(by.kind(), by.id(), by.organization(), "") : by;
    }

    private static String named(Actor by) {
        return by.kind().wire() + ":" + by.id();
    }

    private static String checked(String reason) {
        String stripped = reason.strip();
        if (stripped.isEmpty()
                || stripped.length() > REASON_MAX
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw Problem.parameter("reason", "has 1 to " + REASON_MAX + " letters, as the number of a ticket.")
                    .toException();
        }
        return stripped;
    }

    private static ProblemException nobody() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such person.");
    }

    private static ProblemException lastOwner(Membership membership) {
        return Forbidden.LAST_OWNER.exception("The person is the last owner of the organization "
                + membership.organization() + " (" + membership.name()
                + "): make somebody else an owner of it, or erase the organization first.");
    }
}
