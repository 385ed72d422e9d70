package dev.millrace.reconcile;

import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of a match.
 *
 * @param number counts the lines of a match from 1
 * @param basis what was compared: one {@code request}, or all of a {@code day} and model
 * @param usageId of the one request; empty for a day
 * @param ours what was reckoned here
 * @param source where that comes from: {@code reported} by the upstream at the time, or {@code charged} to the customer where it said
 *     nothing
 * @param theirs what the invoice asks
 * @param bookedAt when the difference was booked to absorbed loss; null when it was not
 */
public record MatchedLine(
        long number,
        Verdict verdict,
        String basis,
        String request,
        String usageId,
        String model,
        String day,
        long ourUnits,
        long theirUnits,
        Money ours,
        String source,
        Money theirs,
        @Nullable Instant bookedAt) {
    /** What the upstream asks beyond what was reckoned here; below zero when it asks less. */
    public Money difference() {
        return theirs.minus(ours);
    }

    MatchedLine numbered(long n) {
        return new MatchedLine(
                n, verdict, basis, request, usageId, model, day, ourUnits, theirUnits, ours, source, theirs, bookedAt);
    }
}
