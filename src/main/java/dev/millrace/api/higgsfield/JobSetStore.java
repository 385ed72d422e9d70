package dev.millrace.api.higgsfield;

import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import java.time.Instant;
import java.util.OptionalLong;

/** How many entries each job set has. Rows that are older than any job is kept go as new ones come. */
final class JobSetStore {
    private static final int SWEPT = 2;

    private JobSetStore() {}

    static void insert(Tx tx, JobId job, long size, Instant now, Instant oldest) {
        tx.update(
                "delete from job_sets where job in (select job from job_sets where created_at < ? order by created_at"
                        + " limit ?)",
                oldest,
                SWEPT);
        tx.update("insert into job_sets (job, size, created_at) values (?, ?, ?)", job, size, now);
    }

    static OptionalLong size(Tx tx, JobId job) {
        return tx.one("select size from job_sets where job = ?", row -> row.number("size"), job)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }
}
