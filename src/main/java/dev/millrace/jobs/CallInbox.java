package dev.millrace.jobs;

import dev.millrace.id.JobId;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What upstreams told of one job that runs on this node, and was not read yet: never more than one word, however many came. */
final class CallInbox implements AutoCloseable {
    private final Open open;
    private final JobId job;
    private final AtomicReference<@Nullable CalledBack> word = new AtomicReference<>();

    private CallInbox(Open open, JobId job) {
        this.open = open;
        this.job = job;
    }

    /** The inboxes of everything that runs on this node. */
    static final class Open {
        private final ConcurrentHashMap<JobId, CallInbox> inboxes = new ConcurrentHashMap<>();

        /** Opens the one of a job that begins to run; to be closed. */
        CallInbox open(JobId job) {
            CallInbox inbox = new CallInbox(this, job);
            inboxes.put(job, inbox);
            return inbox;
        }

        /** Leaves word for whoever runs the job here; false when nobody does. */
        boolean put(JobId job, CalledBack told) {
            CallInbox inbox = inboxes.get(job);
            if (inbox != null) {
                inbox.put(told);
            }
            return inbox != null;
        }
    }

    /** Puts a word in, or back. */
    void put(CalledBack told) {
        word.accumulateAndGet(told, (before, now) -> before == null ? now : CalledBack.better(before, now));
    }

    boolean isEmpty() {
        return word.get() == null;
    }

    /** Takes the word out. */
    Optional<CalledBack> take() {
        return Optional.ofNullable(word.getAndSet(null));
    }

    @Override
    public void close() {
        open.inboxes.remove(job, this);
    }
}
