package dev.millrace.access.oidc;

import dev.millrace.access.Forbidden;
import dev.millrace.access.Organizations;
import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Guests;
import dev.millrace.access.people.Members;
import dev.millrace.access.people.People;
import dev.millrace.access.people.PeopleSettings.SignUpPolicy;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Client;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Finds the person behind an identity, or makes one of a newcomer. Safe for all threads. */
public final class Arrivals {
    private final OidcSettings settings;
    private final People people;
    private final Members members;
    private final Guests guests;
    private final Organizations organizations;
    private final BiFunction<Tx, String, OrganizationId> founding;
    private final Trail trail;
    private final OidcStore store = new OidcStore();

    /** @param founding makes an organization of that name in the transaction */
    public Arrivals(
            OidcSettings settings,
            People people,
            Members members,
            Guests guests,
            Organizations organizations,
            BiFunction<Tx, String, OrganizationId> founding,
            Trail trail) {
        this.settings = settings;
        this.people = people;
        this.members = members;
        this.guests = guests;
        this.organizations = organizations;
        this.founding = founding;
        this.trail = trail;
    }

    Optional<Person> find(Tx tx, PersonId id) {
        return people.find(tx, id);
    }

    /**
     * Who that is: whoever came with this identity before, else whoever has the address that both sides hold to be verified, else somebody
     * new.
     *
     * @param invitation the token of a link; empty for none
     * @throws ProblemException {@code FORBIDDEN} with the reason
     */
    Person person(Tx tx, Identity identity, String invitation, Client client) {
        checkDomain(identity);
        Optional<Person> known =
                store.person(tx, identity.issuer(), identity.subject()).flatMap(id -> people.find(tx, id));
        Person person = known.orElseGet(() -> linked(tx, identity, invitation, client));
        if (known.isPresent() && !invitation.isEmpty()) {
            guests.join(tx, invitation, person, client.address());
        }
        return person;
    }

    private void checkDomain(Identity identity) {
        Email email = identity.email();
        if (!settings.emailDomains().isEmpty()
                && (email == null
                        || !settings.emailDomains()
                                .contains(email.text().substring(email.text().indexOf('@') + 1)))) {
            throw Forbidden.SIGN_UP.exception(
                    "Your address at the identity provider is not of a domain that is let in here. Ask whoever runs this.");
        }
    }

    private Person linked(Tx tx, Identity identity, String invitation, Client client) {
        Email email = identity.email();
        if (email == null) {
            throw Forbidden.UNVERIFIED.exception(
                    "The identity provider names no address of yours that it has verified. Verify it there, and sign in again.");
        }
        Optional<Person> there = people.find(tx, email);
        Person person = there.isPresent() ? proven(tx, there.get()) : newcomer(tx, identity, email, invitation, client);
        store.link(tx, identity.issuer(), identity.subject(), person.id());
        trail.write(
                tx,
                Actor.person(person.id(), null, client.address()),
                "person.link",
                "person:" + person.id(),
                Map.of("issuer", identity.issuer()));
        if (!invitation.isEmpty()) {
            guests.join(tx, invitation, person, client.address());
        }
        return person;
    }

    /** Whoever signed up with somebody else's address does not get in with him: he shows first that it is his. */
    private Person proven(Tx tx, Person person) {
        if (person.awaited()) {
            people.disarm(tx, person.id()); // nobody was ever in, so there is nothing but the password to take
            people.verify(tx, person.id(), person.email());
            return people.find(tx, person.id()).orElseThrow();
        }
        if (!person.verified()) {
            throw Forbidden.UNVERIFIED.exception(
                    "Somebody signs in here with your address and has not shown that it is his."
                            + " Sign in with the password and prove the address, or ask whoever runs this.");
        }
        return person;
    }

    private Person newcomer(Tx tx, Identity identity, Email email, String invitation, Client client) {
        if (settings.signUp() == SignUpPolicy.CLOSED && invitation.isEmpty()) {
            throw Forbidden.SIGN_UP.exception(
                    "Nobody signs up here without an invitation. Ask whoever runs this for one.");
        }
        String name = identity.called(email);
        PersonId id = people.add(tx, email, name, null, true).orElseThrow();
        if (invitation.isEmpty()) {
            settle(tx, id, name, client);
        }
        return people.find(tx, id).orElseThrow();
    }

    private void settle(Tx tx, PersonId id, String name, Client client) {
        String chosen = settings.joinOrganization();
        if (chosen == null) {
            OrganizationId own = founding.apply(tx, name);
            members.add(tx, own, id, Role.OWNER);
            trail.write(
                    tx,
                    Actor.person(id, own, client.address()),
                    "organization.create",
                    "organization:" + own,
                    Map.of());
            return;
        }
        OrganizationId organization = OrganizationId.parse(chosen)
                .filter(one -> organizations.find(tx, one).isPresent())
                .orElseThrow(() -> Forbidden.ORGANIZATION.exception(
                        "The organization that newcomers join is not there: oidc.join_organization names none."));
        members.add(tx, organization, id, settings.joinRole());
        trail.write(
                tx,
                Actor.person(id, organization, client.address()),
                "member.join",
                "person:" + id,
                Map.of("role", settings.joinRole().wire(), "how", "oidc"));
    }
}
