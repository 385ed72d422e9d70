package dev.millrace.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.List;
import java.util.Optional;

/** Makes, checks, lists and revokes API keys. Safe for all threads. */
public final class Access {
    private final Database database;
    private final IdSource ids;
    private final KeyStore store = new KeyStore();
    private final Cache<String, Verdict> verdicts;

    /** What is known about one full key text; remembered for unknown ones too. */
    private sealed interface Verdict {
        record Known(Principal principal) implements Verdict {}

        record Refused(Unauthenticated why) implements Verdict {}

        record Resting() implements Verdict {}
    }

    public Access(Database database, IdSource ids, AccessSettings settings) {
        this.database = database;
        this.ids = ids;
        this.verdicts = Caffeine.newBuilder()
                .expireAfterWrite(settings.cacheFor())
                .maximumSize(settings.cacheSize())
                .build();
    }

    /**
     * Whom the key stands for.
     *
     * @param fullKey {@code mr_<id>_<secret>}
     * @throws ProblemException {@code UNAUTHENTICATED}; its fact {@code reason} says missing, malformed, checksum, unknown
     *     (also for a wrong secret) or revoked; {@code FORBIDDEN} while the key rests
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
        Verdict verdict = verdicts.get(Digest.hex(hash), unseen -> look(text, hash));
        return switch (verdict) {
            case Verdict.Known(Principal principal) -> principal;
            case Verdict.Refused(Unauthenticated why) -> throw why.exception();
            case Verdict.Resting() -> throw new ProblemException(ProblemCode.FORBIDDEN, "API key is inactive");
        };
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

    /**
     * Makes a key. The answer holds the only copy of its secret.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 100 letters
     */
    public NewKey create(Tx tx, OrganizationId organization, String name, Environment environment) {
        KeyId id = ids.key();
        KeyText text = KeyText.fresh(id.text(), ids);
        store.add(
                tx,
                organization,
                id,
                Organizations.checkedName(name),
                environment,
                new KeyStore.StoredText(Digest.sha256(text.full()), text.lastFour()));
        return new NewKey(organization, id, text.secret());
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
            Optional<KeyStore.Stored> stored = store.find(tx, id.text());
            stored.ifPresent(key -> {
                String hash = Digest.hex(key.principal().keyHash());
                tx.afterCommit(() -> verdicts.invalidate(hash));
            });
        }
        return changed;
    }

    /** The organization's keys, the oldest first. */
    public List<KeyInfo> list(Tx tx, OrganizationId organization) {
        return store.list(tx, organization);
    }

    /** The key with this id, whosoever it is. */
    public Optional<Principal> find(Tx tx, KeyId id) {
        return store.find(tx, id.text()).map(KeyStore.Stored::principal);
    }

    private Verdict look(KeyText text, byte[] hash) {
        Optional<KeyStore.Stored> stored = database.read(tx -> store.find(tx, text.id()));
        if (stored.isEmpty() || !Digest.same(stored.get().principal().keyHash(), hash)) {
            return new Verdict.Refused(Unauthenticated.UNKNOWN);
        }
        if (!stored.get().active()) {
            return new Verdict.Refused(Unauthenticated.REVOKED);
        }
        return stored.get().resting()
                ? new Verdict.Resting()
                : new Verdict.Known(stored.get().principal());
    }
}
