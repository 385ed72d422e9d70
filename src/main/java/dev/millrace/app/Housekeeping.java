package dev.millrace.app;

import dev.millrace.api.openai.VideoStore;
import dev.millrace.billing.Quotes;
import dev.millrace.billing.Treasury;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.jobs.JobSettings;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.mail.PostOffice;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;

/** Removes what has served its time in rooms that run no work of their own, so that their tables stay bounded. */
final class Housekeeping implements Node.Part {
    private static final String KIND = "housekeeping";
    private static final String ONLY = "all";
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 500;
    private static final Duration LONGEST_JOB = Duration.ofDays(7);

    private final Database database;
    private final DueWork dueWork;
    private final Quotes quotes;
    private final Idempotency idempotency;
    private final VideoStore videos;
    private final PeopleParts people;
    private final PostOffice post;
    private final JobSettings jobs;
    private final Treasury treasury;
    private final Workers workers;

    Housekeeping(
            Database database,
            DueWork dueWork,
            Quotes quotes,
            Idempotency idempotency,
            VideoStore videos,
            PeopleParts people,
            PostOffice post,
            JobSettings jobs,
            Treasury treasury,
            String owner,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.quotes = quotes;
        this.idempotency = idempotency;
        this.videos = videos;
        this.people = people;
        this.post = post;
        this.jobs = jobs;
        this.treasury = treasury;
        WorkersSettings slow = WorkersSettings.DEFAULTS.withMaxRunning(1).withPace(Duration.ofMinutes(1));
        this.workers = new Workers(database, dueWork, KIND, owner, slow, (claim, guard) -> clean(claim), metrics);
    }

    void start() {
        database.writer().write(KIND, tx -> dueWork.add(tx, KIND, ONLY, ONLY, tx.now()));
        workers.start();
    }

    private void clean(Claim claim) {
        treasury.expire(database);
        database.writer().write(KIND, tx -> dueWork.reschedule(tx, claim, next(tx)));
    }

    /** Cleans one batch; the next one is due at once while there is more. */
    private Instant next(Tx tx) {
        // Jobs are kept from their end, which may be as late as their queue and their model let it be.
        Instant before = tx.now().minus(jobs.keepRows()).minus(LONGEST_JOB);
        int most = Math.max(
                Math.max(quotes.prune(tx, BATCH), idempotency.prune(tx, BATCH)), videos.prune(tx, before, BATCH));
        most = Math.max(most, Math.max(people.prune(tx, BATCH), post.prune(tx, BATCH)));
        return most == BATCH ? tx.now() : tx.now().plus(EVERY);
    }

    @Override
    public void end(Duration limit) {
        workers.drain(limit);
    }
}
