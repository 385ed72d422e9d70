package dev.millrace.assets;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One row for each organization that has set how long its outputs are kept. */
final class RetentionStore {
    private record Kept(OrganizationId organization, Duration duration) {}

    Map<OrganizationId, Duration> all(Tx tx) {
        return tx
                .list(
                        "select organization, kept_ms from retentions",
                        row -> new Kept(
                                new OrganizationId(row.uuid("organization")), Duration.ofMillis(row.number("kept_ms"))))
                .stream()
                .collect(Collectors.toMap(Kept::organization, Kept::duration));
    }

    void set(Tx tx, OrganizationId organization, @Nullable Duration kept) {
        if (kept == null) {
            tx.update("delete from retentions where organization = ?", organization);
        } else {
            tx.update(
                    "insert into retentions (organization, kept_ms) values (?, ?)"
                            + " on conflict (organization) do update set kept_ms = excluded.kept_ms",
                    organization,
                    kept.toMillis());
        }
    }
}
