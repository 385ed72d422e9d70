package dev.millrace.relay;

import dev.millrace.id.RequestId;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.provider.FinishReason;
import org.jspecify.annotations.Nullable;

/**
 * What became of one live request.
 *
 * @param ending how it ended
 * @param finish why the upstream stopped; null unless the answer is complete
 * @param text whether anything of an answer came
 * @param used what is charged for
 * @param reported whether the upstream stated the units; they are estimated otherwise
 * @param charge never above the hold; zero when nothing was produced
 */
public record RelayOutcome(
        RequestId id,
        String model,
        Ending ending,
        @Nullable FinishReason finish,
        boolean text,
        Units used,
        boolean reported,
        Money charge) {
    /** How a live answer ended. */
    public enum Ending {
        COMPLETE,
        /** The client hung up; the upstream was stopped. */
        HUNG_UP,
        /** The upstream failed after the first piece. */
        BROKEN
    }
}
