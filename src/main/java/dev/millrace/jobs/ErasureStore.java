package dev.millrace.jobs;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The wishes of organizations to have everything erased, and what there is to erase. */
final class ErasureStore {
    private ErasureStore() {}

    /** A place in an organization's jobs, oldest first. */
    record Place(Instant createdAt, String id) {
        static final Place START = new Place(Instant.EPOCH, "");
    }

    /** A job whose content is not erased. */
    record Found(JobId id, Place place, boolean ended) {}

    static void ask(Tx tx, OrganizationId organization, Instant now) {
        tx.update(
                "insert into erasures (organization, asked_at) values (?, ?)"
                        + " on conflict (organization) do update set asked_at = excluded.asked_at",
                organization,
                now);
    }

    static Optional<Instant> asked(Tx tx, OrganizationId organization) {
        return tx.one(
                "select asked_at from erasures where organization = ?", row -> row.instant("asked_at"), organization);
    }

    static void done(Tx tx, OrganizationId organization, Instant asked) {
        tx.won("delete from erasures where organization = ? and asked_at = ?", organization, asked);
    }

    static List<Found> jobs(Tx tx, OrganizationId organization, Instant until, Place after, int max) {
        return tx.list(
                "select id, created_at, finished_at from jobs where organization = ? and (created_at, id) > (?, ?)"
                        + " and created_at <= ? and deleted_at is null order by created_at, id limit ?",
                row -> new Found(
                        new JobId(row.uuid("id")),
                        new Place(row.instant("created_at"), row.text("id")),
                        row.instantOrNull("finished_at") != null),
                organization,
                after.createdAt(),
                after.id(),
                until,
                max);
    }
}
