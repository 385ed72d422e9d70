package dev.millrace.wallet;

/** What came of counting a batch of requests that had been granted from a block. */
public sealed interface BlockOutcome {
    /** It is counted. */
    record Counted(BlockCount count) implements BlockOutcome {}

    /** The same batch had been counted before; nothing moved. */
    record Repeated() implements BlockOutcome {}

    /** The block has ended before: what it was not charged has gone back, and can not be charged any more. */
    record Ended() implements BlockOutcome {}
}
