package dev.millrace.webhooks;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.webhooks.DeliveryState.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of deliveries and of their attempts. */
final class DeliveryStore {
    private static final String STATE = "select event, organization, state, attempts, last_outcome, created_at,"
            + " next_attempt_at, ended_at from webhook_deliveries where event = ?";

    /** What one attempt needs. */
    record Pending(
            String organization,
            String policy,
            byte[] sealedTarget,
            byte[] sealedBody,
            @Nullable String subject,
            int attempts,
            @Nullable Instant firstAttemptAt) {}

    boolean add(
            Tx tx,
            OrganizationId organization,
            @Nullable String subject,
            Delivery delivery,
            byte[] target,
            byte[] body) {
        return tx.won(
                "insert into webhook_deliveries (event, organization, policy, state, sealed_target, sealed_body, attempts,"
                        + " created_at, next_attempt_at, subject) values (?, ?, ?, 'pending', ?, ?, 0, ?, ?, ?)"
                        + " on conflict (event) do nothing",
                delivery.event(),
                organization,
                delivery.policy(),
                target,
                body,
                tx.now(),
                tx.now(),
                subject);
    }

    Optional<Pending> pending(Tx tx, String event) {
        return tx.one(
                "select organization, policy, sealed_target, sealed_body, subject, attempts, first_attempt_at"
                        + " from webhook_deliveries where event = ? and state = 'pending'",
                row -> new Pending(
                        row.text("organization"),
                        row.text("policy"),
                        row.bytes("sealed_target"),
                        row.bytes("sealed_body"),
                        row.textOrNull("subject"),
                        Math.toIntExact(row.number("attempts")),
                        row.instantOrNull("first_attempt_at")),
                event);
    }

    void addAttempt(Tx tx, String event, Attempt attempt) {
        tx.update(
                "insert into webhook_attempts (event, number, at, outcome, latency_ms) values (?, ?, ?, ?, ?)",
                event,
                attempt.number(),
                attempt.at(),
                attempt.outcome(),
                attempt.latencyMillis());
    }

    boolean retryAt(Tx tx, String event, Attempt attempt, Instant next) {
        return tx.won(
                "update webhook_deliveries set attempts = ?, last_outcome = ?, next_attempt_at = ?,"
                        + " first_attempt_at = coalesce(first_attempt_at, ?) where event = ? and state = 'pending'"
                        + " and attempts = ?",
                attempt.number(),
                attempt.outcome(),
                next,
                attempt.at(),
                event,
                attempt.number() - 1);
    }

    /** Ends it, and erases what was to be sent. */
    boolean end(Tx tx, String event, Attempt attempt, Progress as) {
        return tx.won(
                "update webhook_deliveries set state = ?, attempts = ?, last_outcome = ?, next_attempt_at = null,"
                        + " first_attempt_at = coalesce(first_attempt_at, ?), ended_at = ?, sealed_target = null,"
                        + " sealed_body = null where event = ? and state = 'pending' and attempts = ?",
                as,
                attempt.number(),
                attempt.outcome(),
                attempt.at(),
                tx.now(),
                event,
                attempt.number() - 1);
    }

    /** Removes a passing event, of which no record is kept. */
    void remove(Tx tx, String event) {
        tx.update("delete from webhook_deliveries where event = ? and subject is not null", event);
    }

    Optional<DeliveryState> state(Tx tx, String event) {
        return tx.one(STATE, DeliveryStore::state, event);
    }

    List<Attempt> attempts(Tx tx, String event) {
        return tx.list(
                "select number, at, outcome, latency_ms from webhook_attempts where event = ? order by number",
                row -> new Attempt(
                        Math.toIntExact(row.number("number")),
                        row.instant("at"),
                        row.text("outcome"),
                        row.number("latency_ms")),
                event);
    }

    /** Removes up to {@code max} deliveries that ended before then, with their attempts. */
    int prune(Tx tx, Instant before, int max) {
        List<String> events = tx.list(
                "select event from webhook_deliveries where ended_at is not null and ended_at < ?"
                        + " order by ended_at, event limit ?",
                row -> row.text("event"),
                before,
                max);
        int removed = 0;
        for (String event : events) {
            tx.update("delete from webhook_attempts where event = ?", event);
            removed += tx.update("delete from webhook_deliveries where event = ? and ended_at is not null", event);
        }
        return removed;
    }

    private static DeliveryState state(Row row) {
        return new DeliveryState(
                row.text("event"),
                OrganizationId.parse(row.text("organization")).orElseThrow(),
                Progress.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                Math.toIntExact(row.number("attempts")),
                row.textOrNull("last_outcome"),
                row.instant("created_at"),
                row.instantOrNull("next_attempt_at"),
                row.instantOrNull("ended_at"));
    }
}
