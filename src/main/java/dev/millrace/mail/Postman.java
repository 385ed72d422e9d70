package dev.millrace.mail;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.WorkHandler;
import dev.millrace.mail.MailState.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes one attempt for each claim, and writes down what came of it. */
final class Postman implements WorkHandler {
    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final int DOUBLINGS = 6;

    /** A wait differs from its nominal length by at most one part in this. */
    private static final int JITTER_PART = 5;

    private final Database database;
    private final DueWork dueWork;
    private final MailStore store;
    private final SealedLetter sealed;
    private final Smtp smtp;
    private final Duration giveUpAfter;
    private final RandomGenerator random;
    private final MeterRegistry metrics;

    Postman(
            Database database,
            DueWork dueWork,
            MailStore store,
            SealedLetter sealed,
            Smtp smtp,
            Duration giveUpAfter,
            RandomGenerator random,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.store = store;
        this.sealed = sealed;
        this.smtp = smtp;
        this.giveUpAfter = giveUpAfter;
        this.random = random;
        this.metrics = metrics;
    }

    @Override
    public void work(Claim claim, LeaseGuard guard) {
        Optional<MailStore.Pending> pending = database.read(tx -> store.pending(tx, claim.id()));
        if (pending.isEmpty()) {
            database.writer().write(claim.part(), tx -> dueWork.finish(tx, claim));
            return;
        }
        guard.check();
        Outcome outcome =
                smtp.send(claim.id(), sealed.open(claim.id(), pending.get().sealed()));
        Progress progress = database.writer().write(claim.part(), tx -> ended(tx, claim, pending.get(), outcome));
        metrics.counter("millrace.mail.attempts", "outcome", outcome.text(), "then", progress.wire())
                .increment();
    }

    private Progress ended(Tx tx, Claim claim, MailStore.Pending pending, Outcome outcome) {
        if (!dueWork.holds(tx, claim)) {
            return Progress.PENDING; // somebody else has it by now
        }
        int attempt = pending.attempts() + 1;
        Instant next = tx.now().plus(wait(attempt));
        Progress progress = switch (outcome) {
            case Outcome.Sent _ -> Progress.SENT;
            case Outcome.Refused _ -> Progress.FAILED;
            case Outcome.NotYet _ ->
                next.isAfter(pending.createdAt().plus(giveUpAfter)) ? Progress.FAILED : Progress.PENDING;
        };
        boolean done = progress == Progress.PENDING
                ? store.again(tx, claim.id(), attempt, outcome.text(), next) && dueWork.reschedule(tx, claim, next)
                : store.end(tx, claim.id(), attempt, outcome.text(), progress) && dueWork.finish(tx, claim);
        if (!done) {
            throw new IllegalStateException("bug: a held letter did not take its attempt");
        }
        return progress;
    }

    /** One minute, doubled up to about an hour, and uneven. */
    private Duration wait(int attempt) {
        long nominal = FIRST_WAIT.toMillis() << Math.min(attempt - 1, DOUBLINGS);
        long most = nominal / JITTER_PART;
        return Duration.ofMillis(nominal - most + random.nextLong(2 * most + 1));
    }
}
