package dev.millrace.kill;

import dev.millrace.jobs.Checkpoint;
import org.jspecify.annotations.Nullable;

/** Where in the life of a request the server is killed. */
enum KillPoint {
    K0_ACCEPTANCE_NOT_COMMITTED(Checkpoint.ACCEPT_BEFORE_COMMIT),
    K1_ACCEPTED_NOT_ANSWERED(Checkpoint.ACCEPTED),
    K2_CLAIMED_NOT_SUBMITTED(Checkpoint.CLAIMED),
    K2_INPUTS_KEPT_NOT_SUBMITTED(Checkpoint.INPUTS_KEPT),
    K3_SUBMITTED_ID_NOT_STORED(Checkpoint.SUBMITTED),
    K4_ID_STORED_NOT_POLLED(Checkpoint.SUBMIT_STORED),
    K4_BETWEEN_POLLS(Checkpoint.POLLED),
    K5_OUTPUT_HALF_WRITTEN(Checkpoint.ASSET_PARTIAL),
    K6_OUTPUT_STORED_END_NOT_WRITTEN(Checkpoint.ASSET_STORED),
    K7_END_NOT_COMMITTED(Checkpoint.FINISH_BEFORE_COMMIT),
    K8_ENDED_WEBHOOK_NOT_SENT(Checkpoint.FINISHED),
    /** The receiver has the webhook, and its answer never comes: there the test itself kills. */
    K9_WEBHOOK_SENT_ANSWER_NOT_RECORDED(null),
    K10_CANCEL_NOT_COMMITTED(Checkpoint.CANCEL_BEFORE_COMMIT),
    K10_CANCELED_NOT_ANSWERED(Checkpoint.CANCELED);

    private final @Nullable Checkpoint checkpoint;

    KillPoint(@Nullable Checkpoint checkpoint) {
        this.checkpoint = checkpoint;
    }

    /** Where the program halts itself; null when it is killed from outside. */
    @Nullable
    Checkpoint checkpoint() {
        return checkpoint;
    }

    /** Whether the customer cancels what it submits. */
    boolean cancels() {
        return checkpoint == Checkpoint.CANCEL_BEFORE_COMMIT || checkpoint == Checkpoint.CANCELED;
    }

    /** How long a request pretends to take: long enough to be caught where it is to be caught. */
    int latencyMillis() {
        return cancels() ? 3_000 : checkpoint == Checkpoint.POLLED ? 200 : 0;
    }
}
