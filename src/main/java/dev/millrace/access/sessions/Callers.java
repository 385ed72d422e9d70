package dev.millrace.access.sessions;

import dev.millrace.access.Access;
import dev.millrace.access.Caller;
import dev.millrace.access.Credentials;
import dev.millrace.access.Environment;
import dev.millrace.access.Forbidden;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.Needs;
import dev.millrace.access.PersonDoor;
import dev.millrace.access.Principal;
import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Members;
import dev.millrace.access.people.Membership;
import dev.millrace.access.people.People;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.access.people.PeopleSettings.VerifyPolicy;
import dev.millrace.db.Database;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whom a request comes from, where a key and a person who is signed in are both welcome, and holds him against what the route
 * needs. Safe for all threads.
 */
public final class Callers implements PersonDoor {
    /** Names the organization that a person's request is about; without it, it is about the one of the session. */
    public static final String ORGANIZATION_HEADER = Access.ORGANIZATION_HEADER;

    private final Database database;
    private final Access access;
    private final Sessions sessions;
    private final People people;
    private final Members members;
    private final boolean proofNeeded;

    public Callers(
            Database database,
            Access access,
            Sessions sessions,
            People people,
            Members members,
            PeopleSettings settings) {
        this.database = database;
        this.access = access;
        this.sessions = sessions;
        this.people = people;
        this.members = members;
        this.proofNeeded = settings.verifyEmail() == VerifyPolicy.REQUIRED;
    }

    /**
     * Lets a key or a person in: {@code Authorization: Bearer mr_…} or {@code Bearer ms_…}.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED}; {@code FORBIDDEN} when the role does not allow what the
     *     route needs, or the person belongs to no organization, or not to the one that he names
     */
    public Caller caller(Request request) {
        String text = Credentials.ofAuthorization(request.headers("Authorization"));
        if (!text.startsWith(PersonDoor.PREFIX)) {
            return Caller.of(access.enter(request, text), request.remoteAddress());
        }
        Caller caller = caller(person(text, request), request);
        Needs.check(request.needs(), caller.standing());
        return caller;
    }

    /**
     * Lets a person in, about himself.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAUTHENTICATED}; {@code FORBIDDEN} for a key
     */
    public SignedIn person(Request request) {
        String text = Credentials.ofAuthorization(request.headers("Authorization"));
        if (text.startsWith(PersonDoor.PREFIX)) {
            return person(text, request);
        }
        var unused = access.authenticate(text);
        throw Forbidden.PERSON.exception(
                "This takes somebody who is signed in: send the token of a session, ms_…, not an API key.");
    }

    /** The person of a session's token, wherever the token comes from; empty when there is no such session. */
    public Optional<SignedIn> signedIn(String token, String address) {
        return sessions.find(token, address)
                .flatMap(session -> database.read(tx -> people.find(tx, session.person()))
                        .map(person -> new SignedIn(person, session, address)));
    }

    /**
     * What a person is in the organization of his session, or in the first that he joined.
     *
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN} when he belongs to none, or is suspended there
     */
    public Caller caller(SignedIn who) {
        OrganizationId chosen = who.session().organization();
        Optional<Membership> membership = database.read(tx -> {
            Optional<Membership> there = chosen == null
                    ? Optional.empty()
                    : members.of(tx, who.person().id(), chosen);
            return there.or(() -> first(members.of(tx, who.person().id())));
        });
        return caller(
                who,
                membership.orElseThrow(() -> Forbidden.ORGANIZATION.exception(
                        "You belong to no organization yet: make one, or ask for an invitation.")));
    }

    /** The one that he joined first; one where he is suspended only when there is no other. */
    private static Optional<Membership> first(List<Membership> all) {
        return all.stream()
                .filter(one -> one.excluded() == null)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    @Override
    public Principal enter(String token, Request request) {
        SignedIn who = person(token, request);
        Caller caller = caller(who, request);
        if (caller.standing().unproven()) {
            Needs.check(request.needs(), caller.standing());
        }
        return new Principal(
                caller.organization(),
                new KeyId(who.session().id().text().replace("-", "")),
                "session",
                caller.environment(),
                new byte[0],
                caller.operator(),
                caller.role(),
                caller.member(),
                KeyScopes.ALL,
                caller.standing().suspension(),
                caller.person());
    }

    private SignedIn person(String token, Request request) {
        return signedIn(token, request.remoteAddress()).orElseThrow(Unauthenticated.SESSION::exception);
    }

    private Caller caller(SignedIn who, Request request) {
        Optional<String> named = request.header(ORGANIZATION_HEADER);
        if (named.isEmpty()) {
            return caller(who);
        }
        Membership membership = OrganizationId.parse(named.get())
                .flatMap(organization ->
                        database.read(tx -> members.of(tx, who.person().id(), organization)))
                .orElseThrow(() -> Forbidden.ORGANIZATION.exception(
                        ORGANIZATION_HEADER + " names no organization that you belong to."));
        return caller(who, membership);
    }

    private Caller caller(SignedIn who, Membership membership) {
        if (membership.excluded() != null) {
            throw Forbidden.SUSPENDED.exception(
                    "You are suspended in " + membership.name() + ": " + membership.excluded());
        }
        boolean unproven = proofNeeded && !who.person().verified();
        return new Caller(
                membership.organization(),
                unproven ? membership.standing().withoutProof() : membership.standing(),
                Environment.LIVE,
                null,
                membership.id(),
                who.person().id(),
                who.address());
    }
}
