package dev.millrace.usage;

import dev.millrace.db.Tx;
import java.util.List;

/** The rows of {@code usage_attempts}. */
final class AttemptStore {
    private AttemptStore() {}

    /** Adds calls that are not known yet: a job that is taken up again after a crash may tell of one twice. */
    static void add(Tx tx, String id, List<Attempt> attempts) {
        for (Attempt attempt : attempts) {
            tx.update(
                    """
                    insert into usage_attempts (id, number, provider, upstream_model, error, at) values (?, ?, ?, ?, ?, ?)
                    on conflict (id, number) do nothing""",
                    id,
                    attempt.number(),
                    attempt.provider(),
                    attempt.upstreamModel(),
                    attempt.error(),
                    attempt.at());
        }
    }

    static List<Attempt> of(Tx tx, String id) {
        return tx.list(
                "select number, provider, upstream_model, error, at from usage_attempts where id = ? order by number",
                row -> new Attempt(
                        Math.toIntExact(row.number("number")),
                        row.text("provider"),
                        row.text("upstream_model"),
                        row.text("error"),
                        row.instant("at")),
                id);
    }
}
