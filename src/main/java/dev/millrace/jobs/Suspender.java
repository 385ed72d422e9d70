package dev.millrace.jobs;

import dev.millrace.access.Access;
import dev.millrace.access.Suspendable;
import dev.millrace.access.Suspensions;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Suspends and resumes, with all that follows from it: queued jobs are canceled and released, running ones finish and are
 * charged, live requests end by themselves ({@link Suspensions#stops}). The cancellations are due work: they are done
 * after a crash too, and as soon as a node runs when none does.
 */
public final class Suspender {
    private static final String KIND = "suspension";
    private static final String SECOND = "#2";
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final Suspensions suspensions;
    private final DueWork dueWork;
    private final Trail trail;
    private volatile Runnable wake = () -> {};

    public Suspender(Suspensions suspensions, DueWork dueWork, Trail trail) {
        this.suspensions = suspensions;
        this.dueWork = dueWork;
        this.trail = trail;
    }

    /**
     * Suspends somebody of the organization, or the organization itself; false when that was so already.
     *
     * @param actor who does it; the line stands in the organization's audit log
     * @throws IllegalArgumentException when the reason is none
     */
    public boolean suspend(
            Tx tx, Actor actor, OrganizationId organization, Suspendable who, String reason, boolean byOperator) {
        boolean suspended = suspensions.suspend(tx, who, reason, byOperator);
        if (suspended) {
            trail.write(
                    tx,
                    actor.about(organization),
                    verb(who, "suspend"),
                    who.subject(),
                    Map.of("reason", reason, "by_operator", Boolean.toString(byOperator)));
            dueWork.add(tx, KIND, who.subject(), organization.text(), tx.now());
            // What another node let in a moment before it heard of this is there by then.
            dueWork.add(
                    tx,
                    KIND,
                    who.subject() + SECOND,
                    organization.text(),
                    tx.now().plus(AGAIN_AFTER));
            tx.afterCommit(wake);
        }
        return suspended;
    }

    /**
     * Resumes somebody; false when there was nothing to resume. What was canceled stays so.
     *
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN} when the operator alone may
     */
    public boolean resume(Tx tx, Actor actor, OrganizationId organization, Suspendable who, boolean byOperator) {
        boolean resumed = suspensions.resume(tx, who, byOperator);
        if (resumed) {
            trail.write(tx, actor.about(organization), verb(who, "resume"), who.subject(), Map.of());
        }
        return resumed;
    }

    public Suspensions suspensions() {
        return suspensions;
    }

    /** The workers that do what a suspension asks for, to be started and closed. */
    public Workers workers(Database database, Access access, Jobs jobs, String owner, MeterRegistry metrics) {
        Workers workers = new Workers(
                database,
                dueWork,
                KIND,
                owner,
                WorkersSettings.DEFAULTS.withMaxRunning(2),
                (claim, guard) -> cancel(database, access, jobs, claim, guard),
                metrics);
        this.wake = workers::wake;
        return workers;
    }

    private void cancel(Database database, Access access, Jobs jobs, Claim claim, LeaseGuard guard) {
        OrganizationId organization = OrganizationId.parse(claim.part()).orElseThrow();
        String subject = claim.id().endsWith(SECOND)
                ? claim.id().substring(0, claim.id().length() - SECOND.length())
                : claim.id();
        Suspendable who = Suspendable.parse(subject).orElseThrow();
        if (database.read(tx -> suspensions.find(tx, who)).isPresent()) {
            Predicate<KeyId> whose = keys(database, access, organization, who);
            jobs.cancelQueued(organization, whose, guard::check);
        }
        database.writer().write(claim.part(), tx -> dueWork.finish(tx, claim));
    }

    private static Predicate<KeyId> keys(
            Database database, Access access, OrganizationId organization, Suspendable who) {
        return switch (who) {
            case Suspendable.OfKey(KeyId key) -> key::equals;
            case Suspendable.OfMember(var member) ->
                database.read(tx -> access.ofMember(tx, organization, member))::contains;
            case Suspendable.OfOrganization all -> key -> true;
        };
    }

    private static String verb(Suspendable who, String verb) {
        String kind = who.subject().substring(0, who.subject().indexOf(':'));
        return kind + "." + verb;
    }
}
