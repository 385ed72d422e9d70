package dev.millrace.billing.allowance;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a while. */
final class Waiting {
    private Waiting() {}

    /** Until it is done, however it ends, or the time is over. */
    static void until(CompletableFuture<?> what, long millis) throws InterruptedException {
        try {
            what.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException notDone) {
            // whoever waited goes on with what there is
        }
    }
}
