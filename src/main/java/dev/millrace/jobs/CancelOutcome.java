package dev.millrace.jobs;

/** What became of the wish to cancel a job. */
public sealed interface CancelOutcome {
    /** It is canceled, its hold is released. */
    record Canceled(Job job) implements CancelOutcome {}

    /** It has started, where only queued jobs may be canceled, or it has ended already. */
    record TooLate(Job job) implements CancelOutcome {}

    /** The organization has no such job. */
    record NotFound() implements CancelOutcome {}
}
