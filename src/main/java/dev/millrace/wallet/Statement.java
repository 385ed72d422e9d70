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
}
