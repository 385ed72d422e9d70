package dev.millrace.access.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.millrace.access.Unauthenticated;
import dev.millrace.access.people.Person;
import dev.millrace.access.sessions.Client;
import dev.millrace.access.signin.Attempts;
import dev.millrace.access.signin.SignIn;
import dev.millrace.access.signin.TwoStep;
import dev.millrace.crypto.Digest;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import dev.millrace.id.IdSource;
import dev.millrace.id.PersonId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets people in whom the identity provider knows. Safe for all threads. */
public final class OpenId {
    /** Where somebody goes who was on his way to nowhere. */
    public static final String HOME = "/console/overview";

    /** Paths of the console: what leads elsewhere, or could be read so, is none. */
    private static final Pattern PATH = Pattern.compile("/console/[A-Za-z0-9/_.~%?&=+-]{0,500}");

    private static final int LETTERS = 50;
    private static final int TEXT_MAX = 2_000;

    private final OidcSettings settings;
    private final URI redirect;
    private final Database database;
    private final Seal seal;
    private final IdSource ids;
    private final Attempts attempts;
    private final SignIn signIn;
    private final TwoStep twoStep;
    private final Arrivals arrivals;
    private final OidcStore store = new OidcStore();
    private final @Nullable Issuer issuer;
    private final @Nullable IdTokens tokens;

    /** @param redirect where the provider sends people back to */
    public OpenId(
            OidcSettings settings,
            URI redirect,
            Database database,
            Egress egress,
            InstantSource clock,
            Seal seal,
            IdSource ids,
            Attempts attempts,
            SignIn signIn,
            TwoStep twoStep,
            Arrivals arrivals) {
        this.settings = settings;
        this.redirect = redirect;
        this.database = database;
        this.seal = seal;
        this.ids = ids;
        this.attempts = attempts;
        this.signIn = signIn;
        this.twoStep = twoStep;
        this.arrivals = arrivals;
        this.issuer = settings.on() ? new Issuer(settings, redirect, egress, clock) : null;
        this.tokens = issuer == null ? null : new IdTokens(settings, issuer, clock);
    }

    /**
     * A sign-in that was just begun.
     *
     * @param url where the browser goes
     * @param flow what the browser keeps, and nobody else: it comes back with the answer
     */
    public record Begun(URI url, String flow) {
        /** Nothing of it. */
        @Override
        public String toString() {
            return "Begun[]";
        }
    }

    /** What came of a sign-in. */
    public sealed interface Outcome {
        /** Where the browser goes now, or once the second step is done: a path of the console. */
        String next();

        /** Somebody is in. */
        record Entered(SignIn.Entry entry, String next) implements Outcome {}

        /**
         * He signs in with two steps, and the second is still to come.
         *
         * @param pending what {@link OpenId#withCode} takes
         */
        record CodeNeeded(String pending, String next) implements Outcome {
            @Override
            public String toString() {
                return "CodeNeeded[]";
            }
        }
    }

    /** Whether people may sign in this way. */
    public boolean on() {
        return settings.on();
    }

    /** What a button says behind "Sign in with". */
    public String displayName() {
        return settings.displayName();
    }

    /** The path of the console that a text names; the overview's where it names none, or leads elsewhere. */
    public static String next(@Nullable String text) {
        return text != null && PATH.matcher(text).matches() && !text.contains("..") && !text.contains("//")
                ? text
                : HOME;
    }

    /**
     * Begins a sign-in.
     *
     * @param next where to go then: a path of the console, and nothing else counts
     * @param invitation the token of an invitation's link that leads somebody here; null for none
     * @throws ProblemException {@code NOT_FOUND} where it is not offered; {@code UNAVAILABLE} with Retry-After when the provider is down;
     *     {@code RATE_LIMITED}
     */
    public Begun begin(@Nullable String next, @Nullable String invitation, Client client) {
        attempts.check(client.address());
        attempts.tried(client.address());
        String state = ids.text(LETTERS);
        String flow = ids.text(LETTERS);
        String nonce = ids.text(LETTERS);
        CodeVerifier verifier = new CodeVerifier(ids.text(LETTERS));
        List<String> scopes = new ArrayList<>(List.of("openid"));
        settings.scopes().stream().filter(scope -> !scope.equals("openid")).forEach(scopes::add);
        URI url = new AuthenticationRequest.Builder(
                        ResponseType.CODE,
                        new Scope(scopes.toArray(String[]::new)),
                        new ClientID(Objects.requireNonNull(settings.clientId())),
                        redirect)
                .endpointURI(issuer().metadata().getAuthorizationEndpointURI())
                .state(new State(state))
                .nonce(new Nonce(nonce))
                .codeChallenge(verifier, CodeChallengeMethod.S256)
                .build()
                .toURI();
        String shown = invitation == null || invitation.length() > TEXT_MAX ? "" : invitation;
        keep(
                state,
                new Ticket(
                        Ticket.FLOW,
                        Digest.hex(Digest.sha256(flow)),
                        nonce,
                        verifier.getValue(),
                        "",
                        next(next),
                        shown));
        return new Begun(url, flow);
    }

    /**
     * Takes the provider's answer.
     *
     * @param state as it came back
     * @param code likewise; null when the provider did not let him in
     * @param flow what the browser kept
     * @throws ProblemException {@code UNAUTHENTICATED} when it was not begun here, came back before, or is not to be believed;
     *     {@code FORBIDDEN} for who may not come in; {@code UNAVAILABLE} with Retry-After when the provider is down; {@code RATE_LIMITED}
     */
    public Outcome finish(String state, @Nullable String code, String flow, Client client) {
        Issuer provider = issuer();
        attempts.check(client.address());
        Ticket ticket = taken(state)
                .filter(one -> one.kind().equals(Ticket.FLOW) && one.of(flow))
                .orElseThrow(() -> {
                    attempts.tried(client.address());
                    return Unauthenticated.OIDC_STATE.exception();
                });
        if (code == null || code.isBlank() || code.length() > TEXT_MAX) {
            throw Unauthenticated.OIDC_REFUSED.exception();
        }
        Issuer.Tokens answer = provider.exchange(code, ticket.verifier());
        JWTClaimsSet claims = Objects.requireNonNull(tokens).claims(answer.id(), ticket.nonce());
        Identity said = Identity.of(String.valueOf(settings.issuer()), claims);
        Identity identity = said.email() != null
                ? said
                : provider.userInfo(answer.access())
                        .filter(info -> info.getSubject().getValue().equals(said.subject()))
                        .map(said::and)
                        .orElse(said);
        return database.writer().write(identity.subject(), tx -> {
            Person person = arrivals.person(tx, identity, ticket.invitation(), client);
            return person.twoStep()
                    ? codeNeeded(tx, person, ticket)
                    : new Outcome.Entered(signIn.enter(tx, person, client, "oidc"), ticket.next());
        });
    }

    /**
     * Takes the second step of somebody whom the provider let in.
     *
     * @param code of his authenticator, or a recovery code
     * @throws ProblemException {@code UNAUTHENTICATED} when the code is wrong, or it took too long; {@code RATE_LIMITED} with Retry-After
     */
    public Outcome.Entered withCode(String pending, String code, Client client) {
        attempts.check(client.address());
        byte[] hash = Digest.sha256(pending);
        record Waiting(Ticket ticket, Person person) {}
        Waiting waiting = database.read(tx -> store.find(tx, hash)
                        .map(kept -> Ticket.open(seal, hash, kept))
                        .filter(ticket -> ticket.kind().equals(Ticket.CODE))
                        .flatMap(ticket -> PersonId.parse(ticket.person())
                                .flatMap(id -> arrivals.find(tx, id))
                                .map(person -> new Waiting(ticket, person))))
                .orElseThrow(() -> {
                    attempts.tried(client.address());
                    return Unauthenticated.OIDC_STATE.exception();
                });
        Person person = waiting.person();
        attempts.check(person.email(), client.address());
        Optional<SignIn.Entry> entry = database.writer().write(person.id().text(), tx -> {
            attempts.check(tx, person.email(), client.address());
            boolean passes = !person.twoStep() || twoStep.passes(tx, person.id(), code);
            if (!passes || !store.use(tx, hash)) {
                attempts.failed(tx, person.email(), client.address());
                return Optional.empty();
            }
            return Optional.of(signIn.enter(tx, person, client, "oidc_two_step"));
        });
        return entry.map(one -> new Outcome.Entered(one, waiting.ticket().next()))
                .orElseThrow(Unauthenticated.CODE::exception);
    }

    /** Removes sign-ins that nobody came back from, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, limit);
    }

    private Outcome codeNeeded(Tx tx, Person person, Ticket ticket) {
        String pending = ids.text(LETTERS);
        byte[] hash = Digest.sha256(pending);
        Ticket waits = new Ticket(Ticket.CODE, "", "", "", person.id().text(), ticket.next(), "");
        store.add(tx, hash, waits.seal(seal, hash), tx.now().plus(settings.life()));
        return new Outcome.CodeNeeded(pending, ticket.next());
    }

    private void keep(String state, Ticket ticket) {
        byte[] hash = Digest.sha256(state);
        byte[] sealed = ticket.seal(seal, hash);
        database.writer().write("oidc", tx -> {
            store.add(tx, hash, sealed, tx.now().plus(settings.life()));
            return true;
        });
    }

    /** Whatever comes of it, it does not come back again. */
    private Optional<Ticket> taken(String state) {
        byte[] hash = Digest.sha256(state);
        Optional<byte[]> sealed =
                database.writer().write("oidc", tx -> store.find(tx, hash).filter(found -> store.use(tx, hash)));
        return sealed.map(one -> Ticket.open(seal, hash, one));
    }

    private Issuer issuer() {
        if (issuer == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "Nobody signs in through an identity provider here: oidc.issuer is not set.");
        }
        return issuer;
    }
}
