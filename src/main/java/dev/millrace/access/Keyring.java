package dev.millrace.access;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes and changes keys, each change with its line in the audit log. */
public final class Keyring {
    /** The longest that a former secret may work on. */
    public static final Duration OVERLAP_MAX = Duration.ofDays(30);

    /** How long it works on where nothing else is said. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    private final Access access;
    private final Trail trail;

    public Keyring(Access access, Trail trail) {
        this.access = access;
        this.trail = trail;
    }

    public Access access() {
        return access;
    }

    /** As {@link Access#create(Tx, OrganizationId, KeySpec)}. */
    public NewKey create(Tx tx, Actor actor, OrganizationId organization, KeySpec spec) {
        NewKey key = access.create(tx, organization, spec);
        write(tx, actor, organization, "key.create", key.id(), facts(spec));
        return key;
    }

    /** As {@link Access#change}. */
    public boolean change(Tx tx, Actor actor, OrganizationId organization, KeyId id, KeySpec spec) {
        return told(tx, actor, organization, "key.change", id, facts(spec), access.change(tx, organization, id, spec));
    }

    /** As {@link Access#rest}. */
    public boolean rest(Tx tx, Actor actor, OrganizationId organization, KeyId id, boolean resting) {
        String action = resting ? "key.rest" : "key.wake";
        return told(tx, actor, organization, action, id, Map.of(), access.rest(tx, organization, id, resting));
    }

    /** As {@link Access#revoke}. */
    public boolean revoke(Tx tx, Actor actor, OrganizationId organization, KeyId id) {
        return told(tx, actor, organization, "key.revoke", id, Map.of(), access.revoke(tx, organization, id));
    }

    /**
     * As {@link Access#rotate}.
     *
     * @param overlap how long the secret of now works on, from nothing to {@link #OVERLAP_MAX}
     */
    public Optional<NewKey> rotate(Tx tx, Actor actor, OrganizationId organization, KeyId id, Duration overlap) {
        Instant until = tx.now().plus(overlap);
        Optional<NewKey> made = access.rotate(tx, organization, id, until);
        told(tx, actor, organization, "key.rotate", id, Map.of("former_until", until.toString()), made.isPresent());
        return made;
    }

    /** As {@link Access#endFormer}. */
    public boolean endFormer(Tx tx, Actor actor, OrganizationId organization, KeyId id) {
        return told(tx, actor, organization, "key.end_former", id, Map.of(), access.endFormer(tx, id));
    }

    private boolean told(
            Tx tx,
            Actor actor,
            OrganizationId organization,
            String action,
            KeyId id,
            Map<String, String> facts,
            boolean changed) {
        if (changed) {
            write(tx, actor, organization, action, id, facts);
        }
        return changed;
    }

    private void write(
            Tx tx, Actor actor, OrganizationId organization, String action, KeyId id, Map<String, String> facts) {
        trail.write(tx, actor.about(organization), action, new Suspendable.OfKey(id).subject(), facts);
    }

    private static Map<String, String> facts(KeySpec spec) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("name", spec.name());
        facts.put("environment", spec.environment().wire());
        facts.put("role", spec.role().wire());
        put(facts, "dialects", KeyColumns.dialects(spec.scopes()));
        put(facts, "models", KeyColumns.models(spec.scopes()));
        put(facts, "modalities", KeyColumns.modalities(spec.scopes()));
        put(facts, "networks", KeyColumns.networks(spec));
        put(facts, "expires_at", spec.expiresAt());
        put(facts, "member", spec.member());
        if (spec.scopes().readOnly()) {
            facts.put("read_only", "true");
        }
        return facts;
    }

    private static void put(Map<String, String> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value.toString());
        }
    }
}
