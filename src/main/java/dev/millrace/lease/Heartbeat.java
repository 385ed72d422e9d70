package dev.millrace.lease;

import dev.millrace.db.Database;
import java.util.HashSet;
import java.util.List;
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
        while (true) {
            try {
                never.await(settings.heartbeat());
                renew();
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
        CompletableFuture<List<Claim>> renewal =
                database.writer().submit("due:" + kind, tx -> dueWork.renew(tx, kind, owner, settings.lease()));
        List<Claim> renewed = renewal.get(settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
        renewed.forEach(claim -> running.renewed(claim, since));
        giveBackStrays(renewed);
    }

    /** What is claimed by this node but does not run, twice in a row, was left unfinished by its handler. */
    private void giveBackStrays(List<Claim> renewed) {
        Set<Claim> found = new HashSet<>(renewed);
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
