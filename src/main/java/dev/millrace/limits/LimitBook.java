package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import java.time.Duration;
import java.util.Optional;

/**
 * The rules of plans, organizations and keys, which an operator changes at run time. A change holds at once on the node that was
 * told, and within a second on every other.
 */
public final class LimitBook {
    private static final Duration TRUSTED_FOR = Duration.ofSeconds(1);
    private static final int KEYS_MAX = 20_000;

    private final Database database;
    private final Cache<Pair, Both> cache = Caffeine.newBuilder()
            .expireAfterWrite(TRUSTED_FOR)
            .maximumSize(KEYS_MAX)
            .build();

    public LimitBook(Database database) {
        this.database = database;
    }

    private record Pair(OrganizationId organization, KeyId key) {}

    /**
     * The rules that a request has to keep to.
     *
     * @param plan the name of the organization's plan
     * @param organization of its organization: the plan's, and over them its own
     * @param key of its key alone
     */
    public record Both(String plan, LimitRules organization, LimitRules key) {}

    /** The rules for a key of the organization, as this node knows them. */
    public Both of(OrganizationId organization, KeyId key) {
        return cache.get(new Pair(organization, key), pair -> database.read(tx -> look(tx, pair)));
    }

    /** The rules of a plan. */
    public Optional<LimitRules> plan(Tx tx, String name) {
        return find(tx, "plan:" + name);
    }

    /** The organization's own rules, which go over its plan's. */
    public Optional<LimitRules> own(Tx tx, OrganizationId organization) {
        return find(tx, "organization:" + organization.text());
    }

    /** @throws IllegalArgumentException when the name is none */
    public void setPlan(Tx tx, String name, LimitRules rules) {
        if (!name.matches("[a-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("a plan has 1 to 32 lower-case letters, digits, - and _");
        }
        set(tx, "plan:" + name, rules);
    }

    public void setOrganization(Tx tx, OrganizationId organization, LimitRules rules) {
        set(tx, "organization:" + organization.text(), rules);
    }

    /** Rules of one key: they narrow what its organization may, and never widen it. */
    public void setKey(Tx tx, KeyId key, LimitRules rules) {
        set(tx, "key:" + key.text(), rules);
    }

    private void set(Tx tx, String subject, LimitRules rules) {
        tx.update(
                "insert into limit_rules (subject, rules, updated_at) values (?, ?, ?) on conflict (subject) do update"
                        + " set rules = excluded.rules, updated_at = excluded.updated_at",
                subject,
                Json.text(rules.body()),
                tx.now());
        tx.afterCommit(cache::invalidateAll);
    }

    private Both look(Tx tx, Pair pair) {
        String plan = tx.one(
                        "select coalesce(plan, ?) as plan from job_slots where organization = ?",
                        row -> row.text("plan"),
                        JobLimits.DEFAULT_PLAN,
                        pair.organization())
                .orElse(JobLimits.DEFAULT_PLAN);
        LimitRules ofPlan = plan(tx, plan).orElse(LimitRules.NONE);
        return new Both(
                plan,
                ofPlan.under(own(tx, pair.organization()).orElse(LimitRules.NONE)),
                find(tx, "key:" + pair.key().text()).orElse(LimitRules.NONE));
    }

    private static Optional<LimitRules> find(Tx tx, String subject) {
        return tx.one("select rules from limit_rules where subject = ?", row -> row.text("rules"), subject)
                .map(text -> LimitRules.parse(Json.readOwnObject(text)));
    }
}
