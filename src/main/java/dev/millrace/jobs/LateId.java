package dev.millrace.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * Finds out the upstream's id of a submission whose answer nobody saw, because a process died or a connection broke: the upstream is
 * asked where it can be, and its callback is waited for where one is due.
 */
final class LateId {
    private final RunState state;
    private final RunPause pause;
    private final CallInbox inbox;
    private final Duration grace;

    LateId(RunState state, RunPause pause, CallInbox inbox, Duration grace) {
        this.state = state;
        this.pause = pause;
        this.inbox = inbox;
        this.grace = grace;
    }

    /** Empty when the time of grace is over: whether the upstream has it can not be known. */
    Optional<String> find(Upstream upstream) throws InterruptedException, RunPause.Over {
        Optional<String> found = upstream.find();
        if (found.isPresent() || !upstream.callsBack()) {
            return found;
        }
        long until = System.nanoTime() + grace.toNanos();
        while (true) {
            Optional<CalledBack> word = inbox.take();
            Optional<String> bound = state.boundId();
            if (bound.isPresent()) {
                word.ifPresent(inbox::put);
                return bound;
            }
            long left = until - System.nanoTime();
            if (left <= 0) {
                return upstream.find();
            }
            pause.untilCalled(Duration.ofNanos(left));
        }
    }
}
