package dev.millrace.wallet;

import dev.millrace.money.Money;
import java.util.List;

/** A wallet over a period: what it had, what moved, what it had then. Opening and movements add up to closing. */
public record Statement(Balance opening, List<Movement> movements, Balance closing) {
    /**
     * All movements of one kind.
     *
     * @param available what they changed in available; negative where they took
     * @param held what they changed in held; negative where they took
     */
    public record Movement(TransferKind kind, long count, Money available, Money held) {}

    /** What there was before movements led to a balance. */
    static Balance before(Balance after, List<Movement> movements) {
        Money available = after.available();
        Money held = after.held();
        for (Movement movement : movements) {
            available = available.minus(movement.available());
            held = held.minus(movement.held());
        }
        return new Balance(available, held);
    }
}
