package dev.millrace.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.millrace.address.Network;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes, checks, lists and revokes API keys. Safe for all threads. */
public final class Access {
    /** Names the organization that a request is about: one of a person's, or any for the operator's keys. */
    public static final String ORGANIZATION_HEADER = "Millrace-Organization";

    private static final Duration FOR_GOOD = Duration.ofDays(1);

    private final Database database;
    private final IdSource ids;
    private final KeyStore store = new KeyStore();
    private final Cache<String, Known> verdicts;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable PersonDoor persons;

    /** What is known about one full key text; remembered for unknown ones too. */
    private sealed interface Verdict {
        record Welcome(Principal principal, List<Network> networks) implements Verdict {}

        record Refused(ProblemException why) implements Verdict {}
    }

    /**
     * A verdict as it is remembered.
     *
     * @param after how many changes that concern many keys were known before it was read
     * @param holdsFor how long it holds at most: what a key or a former secret has left of its time
     */
    private record Known(Verdict verdict, long after, Duration holdsFor) {}

    public Access(Database database, IdSource ids, AccessSettings settings) {
        this.database = database;
        this.ids = ids;
        this.verdicts = Caffeine.newBuilder()
                .expireAfter(
                        Expiry.<String, Known>creating((text, known) -> shorter(settings.cacheFor(), known.holdsFor)))
                .maximumSize(settings.cacheSize())
                .build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Lets the key of a request in, or the person whose session it shows, where that is allowed what the route needs: what nearly
     * every route does. Models are used with keys alone.
     *
     * @throws ProblemException as {@link #authenticate(String)}; {@code FORBIDDEN} when its role does not allow it
     */
    public Principal enter(Request request) {
        return enter(request, Credentials.ofAuthorization(request.headers("Authorization")));
    }

    /** As {@link #enter(Request)}, for a key that a dialect takes from elsewhere. */
    public Principal enter(Request request, String fullKey) {
        PersonDoor door = persons;
        if (door == null || !fullKey.startsWith(PersonDoor.PREFIX)) {
            return enter(request, authenticate(fullKey));
        }
        if (Needs.permission(request.needs())
                .filter(one -> one != Permission.USE_MODELS)
                .isEmpty()) {
            throw Forbidden.KEY.exception("This takes an API key: a session is for looking and for settings.");
        }
        return enter(request, door.enter(fullKey, request));
    }

    /** As {@link #enter(Request)}, for an id and a secret that came apart. */
    public Principal enter(Request request, String keyId, String secret) {
        return enter(request, authenticate(keyId, secret));
    }

    /**
     * Who asks on a route that answers anybody: the organization of the key, or of the session; empty where none is shown, or none
     * that holds.
     */
    public Optional<OrganizationId> asker(Request request) {
        List<String> headers = request.headers("Authorization");
        try {
            return headers.isEmpty() ? Optional.empty() : asker(request, Credentials.ofAuthorization(headers));
        } catch (ProblemException noKey) {
            return Optional.empty();
        }
    }

    /** As {@link #asker(Request)}, for a key that a dialect takes from elsewhere. */
    public Optional<OrganizationId> asker(Request request, String fullKey) {
        if (fullKey.isBlank()) {
            return Optional.empty();
        }
        PersonDoor door = persons;
        try {
            return Optional.of((door != null && fullKey.startsWith(PersonDoor.PREFIX)
                            ? door.enter(fullKey, request)
                            : authenticate(fullKey))
                    .organization());
        } catch (ProblemException doesNotHold) {
            return Optional.empty();
        }
    }

    /** Lets people in beside keys, from now on. */
    public void welcome(PersonDoor door) {
        persons = door;
    }

    /** The one place where a key is held against what a route needs. */
    private Principal enter(Request request, Principal principal) {
        principal.scopes().requireDialect(request.dialect());
        Needs.check(request.needs(), principal.standing());
        return request.header(ORGANIZATION_HEADER)
                .filter(named -> !named.equals(principal.organization().text()))
                .map(named -> about(named, request, principal))
                .orElse(principal);
    }

    /** The operator's key, acting for an organization that it names; what it does stands in that organization's audit log. */
    private Principal about(String named, Request request, Principal principal) {
        if (!principal.may(Permission.OPERATE)) {
            throw Forbidden.ORGANIZATION.exception(
                    ORGANIZATION_HEADER + " names no organization that this key belongs to.");
        }
        if (!Needs.forOthers(request.needs())) {
            throw Forbidden.ORGANIZATION.exception("This can not be done for another organization: leave "
                    + ORGANIZATION_HEADER + " out, or use a key of its own.");
        }
        return OrganizationId.parse(named)
                .filter(other -> database.<Boolean>read(
                        tx -> tx.count("select count(*) from organizations where id = ?", other) > 0))
                .map(principal::about)
                .orElseThrow(() -> Problem.parameter(ORGANIZATION_HEADER, "names no organization that there is.")
                        .toException());
    }

    /**
     * Whom the key stands for.
     *
     * @param fullKey {@code mr_<id>_<secret>}
     * @throws ProblemException {@code UNAUTHENTICATED}; its fact {@code reason} says missing, malformed, checksum, unknown
     *     (also for a wrong secret), revoked, expired or replaced; {@code FORBIDDEN} with the reason resting, suspended or
     *     network
     */
    public Principal authenticate(String fullKey) {
        if (fullKey.isBlank()) {
            throw Unauthenticated.MISSING.exception();
        }
        KeyText text = KeyText.parse(fullKey).orElseThrow(Unauthenticated.MALFORMED::exception);
        if (!text.checksumHolds()) {
            throw Unauthenticated.CHECKSUM.exception();
        }
        byte[] hash = Digest.sha256(fullKey);
        // The loader runs once however many ask, and an invalidation waits for it: no stale verdict outlives a
        // revocation.
        return switch (known(text, hash).verdict()) {
            case Verdict.Welcome(Principal principal, List<Network> networks) -> {
                Origin.require(networks);
                yield principal;
            }
            case Verdict.Refused(ProblemException why) -> throw why.problem().toException();
        };
    }

    private Known known(KeyText text, byte[] hash) {
        String name = Digest.hex(hash);
        Known known = verdicts.get(name, unseen -> look(text, hash));
        while (known.after() != changes.get()) {
            // Emptying the cache does not wait for what is being read: that may be from before the change.
            verdicts.asMap().remove(name, known);
            known = verdicts.get(name, unseen -> look(text, hash));
        }
        return known;
    }

    /** As {@link #authenticate(String)}, for an id and a secret that came apart. */
    public Principal authenticate(String keyId, String secret) {
        if (keyId.isBlank() || secret.isBlank()) {
            throw Unauthenticated.MISSING.exception();
        }
        return authenticate(Credentials.ofPair(keyId, secret));
    }

    /** As {@link #authenticate(String)}, for the {@code Authorization} headers of a request. */
    public Principal authenticate(List<String> authorizationHeaders) {
        return authenticate(Credentials.ofAuthorization(authorizationHeaders));
    }

    /** Makes a key that may do everything within its organization; as {@link #create(Tx, OrganizationId, KeySpec)}. */
    public NewKey create(Tx tx, OrganizationId organization, String name, Environment environment) {
        return create(tx, organization, KeySpec.owner(name, environment));
    }

    /** Makes a key. The answer holds the only copy of its secret. */
    public NewKey create(Tx tx, OrganizationId organization, KeySpec spec) {
        KeyId id = ids.key();
        KeyText text = KeyText.fresh(id.text(), ids);
        store.add(tx, organization, id, spec, stored(text));
        return new NewKey(organization, id, text.secret());
    }

    /**
     * Gives a key that is not revoked a new secret. The one before works beside it until the moment, whatever was set for
     * those before that.
     *
     * @return the new secret; empty when the organization has no such key
     */
    public Optional<NewKey> rotate(Tx tx, OrganizationId organization, KeyId id, Instant formerUntil) {
        KeyText text = KeyText.fresh(id.text(), ids);
        boolean rotated = forgotten(tx, id, store.rotate(tx, organization, id, stored(text), formerUntil));
        return rotated ? Optional.of(new NewKey(organization, id, text.secret())) : Optional.empty();
    }

    /** Ends the former secrets of a key before their time, once the transaction commits; false when none worked. */
    public boolean endFormer(Tx tx, KeyId id) {
        return forgotten(tx, id, store.endFormer(tx, id) > 0);
    }

    /** Changes everything of a key that is not revoked but its environment; false when the organization has no such key. */
    public boolean change(Tx tx, OrganizationId organization, KeyId id, KeySpec spec) {
        return forgotten(tx, id, store.change(tx, organization, id, spec));
    }

    /** Revokes a key of the organization, once the transaction commits; false when it has no such active key. */
    public boolean revoke(Tx tx, OrganizationId organization, KeyId id) {
        return forgotten(tx, id, store.revoke(tx, organization, id));
    }

    /**
     * Puts a key of the organization to rest, or takes it up again, once the transaction commits; a resting key is refused as
     * {@code FORBIDDEN}. False when nothing changed: it has no such active key, or the key is so already.
     */
    public boolean rest(Tx tx, OrganizationId organization, KeyId id, boolean resting) {
        return forgotten(tx, id, store.rest(tx, organization, id, resting));
    }

    /** What was known of a key holds no more when it was changed. */
    private boolean forgotten(Tx tx, KeyId id, boolean changed) {
        if (changed) {
            List<String> hashes = store.hashes(tx, id).stream().map(Digest::hex).toList();
            tx.afterCommit(() -> verdicts.invalidateAll(hashes));
        }
        return changed;
    }

    /** Reads every key again, once the transaction commits: what many of them share was changed. */
    void forgetAll(Tx tx) {
        tx.afterCommit(() -> {
            changes.incrementAndGet();
            verdicts.invalidateAll();
        });
    }

    /** The organization's keys, the oldest first. */
    public List<KeyInfo> list(Tx tx, OrganizationId organization) {
        return store.list(tx, organization);
    }

    /** One key of the organization. */
    public Optional<KeyInfo> info(Tx tx, OrganizationId organization, KeyId id) {
        return store.info(tx, organization, id);
    }

    /** The keys that a member of the organization answers for, in any state. */
    public List<KeyId> ofMember(Tx tx, OrganizationId organization, MemberId member) {
        return store.ofMember(tx, organization, member);
    }

    /** Reads the keys again that a member answers for, once the transaction commits: none may more than the member. */
    public void forgetMember(Tx tx, OrganizationId organization, MemberId member) {
        ofMember(tx, organization, member).forEach(key -> forgotten(tx, key, true));
    }

    /** What a key may now, whosoever it is; empty for one that is revoked, suspended, or not there. */
    public Optional<Role> role(Tx tx, KeyId id) {
        return store.find(tx, id.text())
                .filter(key -> key.active() && key.suspension() == null)
                .map(StoredKey::role);
    }

    /** The key with this id, whosoever it is. */
    public Optional<Principal> find(Tx tx, KeyId id) {
        return store.find(tx, id.text()).map(key -> key.principal(key.hash()));
    }

    private static KeyStore.StoredText stored(KeyText text) {
        return new KeyStore.StoredText(Digest.sha256(text.full()), text.lastFour());
    }

    private Known look(KeyText text, byte[] hash) {
        long after = changes.get();
        return database.read(tx -> store.find(tx, text.id())
                .map(key -> judge(tx, key, hash, after))
                .orElseGet(() -> new Known(refused(Unauthenticated.UNKNOWN), after, FOR_GOOD)));
    }

    private Known judge(Tx tx, StoredKey key, byte[] hash, long after) {
        boolean current = Digest.same(key.hash(), hash);
        Optional<Instant> formerUntil =
                current ? Optional.empty() : store.formerUntil(tx, key.id().text(), hash);
        if (!current && formerUntil.isEmpty()) {
            return new Known(refused(Unauthenticated.UNKNOWN), after, FOR_GOOD);
        }
        Duration left = shorter(
                formerUntil.map(until -> Duration.between(tx.now(), until)).orElse(FOR_GOOD),
                Optional.ofNullable(key.spec().expiresAt())
                        .map(end -> Duration.between(tx.now(), end))
                        .orElse(FOR_GOOD));
        return new Known(judge(tx, key, hash, formerUntil), after, left.isPositive() ? left : FOR_GOOD);
    }

    private static Verdict judge(Tx tx, StoredKey key, byte[] hash, Optional<Instant> formerUntil) {
        if (!key.active()) {
            return refused(Unauthenticated.REVOKED);
        }
        if (formerUntil.filter(until -> !until.isAfter(tx.now())).isPresent()) {
            return refused(Unauthenticated.REPLACED);
        }
        if (KeyColumns.expired(key.spec(), tx.now())) {
            return refused(Unauthenticated.EXPIRED);
        }
        if (key.suspension() != null) {
            return new Verdict.Refused(Forbidden.SUSPENDED.exception("The API key is suspended: " + key.suspension()));
        }
        if (key.role() == null) {
            return new Verdict.Refused(Forbidden.ROLE.exception(
                    "The member who answers for this API key has a role by now that leaves the key nothing."
                            + " Ask an owner or admin for another key."));
        }
        return key.resting()
                ? new Verdict.Refused(Forbidden.RESTING.exception("API key is inactive"))
                : new Verdict.Welcome(key.principal(hash), key.spec().networks());
    }

    private static Verdict refused(Unauthenticated why) {
        return new Verdict.Refused(why.exception());
    }
}
