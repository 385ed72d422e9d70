package dev.millrace.wallet;

/** What came of asking for a hold. */
public sealed interface HoldOutcome {
    /** The amount is set aside. */
    record Held() implements HoldOutcome {}

    /** The same hold had been made before; nothing moved. */
    record Exists() implements HoldOutcome {}

    /** The wallet may have caps or grants, which such a hold would pass by; nothing moved. See {@link Wallet#lock}. */
    record Guarded() implements HoldOutcome {}

    /** What is available does not cover it; nothing moved. A wallet that was never opened has nothing. */
    record Insufficient(Balance balance) implements HoldOutcome {}
}
