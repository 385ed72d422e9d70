package dev.millrace.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Rule;
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
     * @param own what of these is the organization's own
     * @param key of its key alone
     */
    public record Both(String plan, LimitRules organization, LimitRules own, LimitRules key) {
        /** Who says a rule of the organization. */
        LimitStanding.Source source(Rule rule) {
            return own.numbers().containsKey(rule) ? LimitStanding.Source.ORGANIZATION : LimitStanding.Source.PLAN;
        }
    }

    /** The rules for a key of the organization, as this node knows them. */
    public Both of(OrganizationId organization, KeyId key) {
        return cache.get(new Pair(organization, key), pair -> database.read(tx -> look(tx, pair)));
    }

    /** The same within a transaction, which itself must not have changed them. */
    Both of(Tx tx, OrganizationId organization, KeyId key) {
        return cache.get(new Pair(organization, key), pair -> look(tx, pair));
    }

    private static Both look(Tx tx, Pair pair) {
        return RuleStore.both(tx, pair.organization(), pair.key());
    }

    /** The rules of a plan. */
    public Optional<LimitRules> plan(Tx tx, String name) {
        return RuleStore.find(tx, "plan:" + name);
    }

    /** The organization's own rules, which go over its plan's. */
    public Optional<LimitRules> own(Tx tx, OrganizationId organization) {
        return RuleStore.find(tx, "organization:" + organization.text());
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

    /** Has what was changed elsewhere in the transaction felt on this node as soon as it is committed. */
    void changed(Tx tx) {
        tx.afterCommit(cache::invalidateAll);
    }

    /** The name of the organization's plan. */
    public static String planOf(Tx tx, OrganizationId organization) {
        return tx.one(
                        "select coalesce(plan, ?) as plan from job_slots where organization = ?",
                        row -> row.text("plan"),
                        JobLimits.DEFAULT_PLAN,
                        organization)
                .orElse(JobLimits.DEFAULT_PLAN);
    }

    private void set(Tx tx, String subject, LimitRules rules) {
        RuleStore.set(tx, subject, rules);
        changed(tx);
    }
}
