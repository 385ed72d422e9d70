package dev.millrace.lease;

import dev.millrace.db.Database;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews the leases of what runs on this node, stops what may have lost its own, and gives back what nobody here runs. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** Looking at all that is claimed takes a while where that is much. */
    private static final int BEATS_A_LOOK = 5;

    private final Database database;
    private final DueWork dueWork;
    private final String kind;
    private final String owner;
    private final WorkersSettings settings;
    private final RunningWork running;
    private final Thread thread;
    private Set<Claim> strays = Set.of();

    Heartbeat(
            Database database,
            DueWork dueWork,
            String kind,
            String owner,
            WorkersSettings settings,
            RunningWork running) {
        this.database = database;
        this.dueWork = dueWork;
        this.kind = kind;
        this.owner = owner;
        this.settings = settings;
        this.running = running;
        this.thread = Thread.ofVirtual().name("heartbeat-" + kind).unstarted(this::beat);
    }

    void start() {
        thread.start();
    }

    private void beat() {
        Signal never = new Signal();
        for (long beats = 1; ; beats++) {
            try {
                never.await(settings.heartbeat());
                // First, or a renewal after a long pause would hide that the leases had run out in between.
                running.interruptLost();
                renew();
                if (beats % BEATS_A_LOOK == 0) {
                    giveBackStrays();
                }
            } catch (InterruptedException e) {
                return;
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.warn("the leases of {} work were not renewed: {}", kind, e.toString());
            }
            running.interruptLost();
        }
    }

    private void renew() throws InterruptedException, ExecutionException, TimeoutException {
        if (running.count() == 0 && strays.isEmpty()) {
            return;
        }
        long since = System.nanoTime();
        CompletableFuture<Boolean> renewal =
                database.writer().submit("due:" + kind, tx -> dueWork.renew(tx, kind, owner, settings.lease()));
        if (renewal.get(settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS)) {
            running.renewed(since);
        } else {
            running.lost(since);
        }
    }

    /** What is claimed by this node but does not run, at two looks, was left unfinished by its handler. */
    private void giveBackStrays() {
        Set<Claim> found = new HashSet<>(database.read(tx -> dueWork.claimed(tx, kind, owner)));
        found.removeIf(running::has);
        for (Claim claim : found) {
            if (strays.contains(claim)) {
                LOG.error("{} {} was neither finished nor rescheduled by its handler", kind, claim.id());
                running.giveBack(claim, settings.pauseAfter(claim.attempt()));
            }
        }
        strays = found;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
