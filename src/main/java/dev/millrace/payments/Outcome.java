package dev.millrace.payments;

/** What came of something that Stripe said. */
enum Outcome {
    /** It changed our books. */
    BOOKED,
    /** Our books know it already, or it is about nothing of ours. */
    NOTHING
}
