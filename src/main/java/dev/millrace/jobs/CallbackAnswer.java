package dev.millrace.jobs;

import dev.millrace.provider.CallbackVerdict;

/** What became of an upstream's callback. */
public sealed interface CallbackAnswer {
    /** It counts: whoever runs the job has it, or finds it. */
    record Taken() implements CallbackAnswer {}

    /** It is genuine and comes too late to count: its job has ended, or went on to another upstream. */
    record Late() implements CallbackAnswer {}

    /** There is no such job, or it is about another one. */
    record Unknown() implements CallbackAnswer {}

    /** Its adapter does not take it. */
    record Refused(CallbackVerdict.Reason reason) implements CallbackAnswer {}
}
