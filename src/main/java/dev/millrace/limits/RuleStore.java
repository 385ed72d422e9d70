package dev.millrace.limits;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes the rules. */
final class RuleStore {
    private RuleStore() {}

    /** What an organization was put on: a plan, and numbers of its own for its jobs. */
    private record Put(
            String plan, @Nullable Long open, @Nullable Long running) {
        static final Put NOTHING = new Put(JobLimits.DEFAULT_PLAN, null, null);

        static Put read(Row row) {
            return new Put(row.text("plan"), row.numberOrNull("max_open"), row.numberOrNull("max_running"));
        }

        /** These numbers as rules, which say nothing of what others say. */
        LimitRules under(LimitRules own) {
            Map<Rule, Long> numbers = new TreeMap<>();
            put(numbers, Measure.OPEN, open);
            put(numbers, Measure.RUNNING, running);
            return new LimitRules(numbers, null).under(own);
        }

        private static void put(Map<Rule, Long> numbers, Measure measure, @Nullable Long number) {
            if (number != null) {
                numbers.put(Rule.all(measure), number);
            }
        }
    }

    static LimitBook.Both both(Tx tx, OrganizationId organization, KeyId key) {
        Put put = tx.one(
                        "select coalesce(plan, ?) as plan, max_open, max_running from job_slots where organization = ?",
                        Put::read,
                        JobLimits.DEFAULT_PLAN,
                        organization)
                .orElse(Put.NOTHING);
        LimitRules ofPlan = find(tx, "plan:" + put.plan()).orElse(LimitRules.NONE);
        LimitRules own =
                put.under(find(tx, "organization:" + organization.text()).orElse(LimitRules.NONE));
        return new LimitBook.Both(
                put.plan(),
                ofPlan.under(own),
                own,
                find(tx, "key:" + key.text()).orElse(LimitRules.NONE));
    }

    static Optional<LimitRules> find(Tx tx, String subject) {
        return tx.one("select rules from limit_rules where subject = ?", row -> row.text("rules"), subject)
                .map(text -> LimitRules.parse(Json.readOwnObject(text)));
    }

    static void set(Tx tx, String subject, LimitRules rules) {
        tx.update(
                "insert into limit_rules (subject, rules, updated_at) values (?, ?, ?) on conflict (subject) do update"
                        + " set rules = excluded.rules, updated_at = excluded.updated_at",
                subject,
                Json.text(rules.body()),
                tx.now());
    }
}
