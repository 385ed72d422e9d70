package dev.millrace.webhooks;

import dev.millrace.egress.EgressFailure;

/** What came of one attempt. */
public sealed interface AttemptOutcome {
    /** The receiver answered. */
    record Answered(int status) implements AttemptOutcome {
        @Override
        public String text() {
            return Integer.toString(status);
        }
    }

    /** No answer came. */
    record Unanswered(EgressFailure failure) implements AttemptOutcome {
        @Override
        public String text() {
            return failure.slug();
        }
    }

    /** The status, or the kind of failure, as rows and metrics have it. */
    String text();

    /** Whether the receiver has taken the event: any status of 200 to 299, and nothing else. */
    default boolean success() {
        return this instanceof Answered(int status) && status >= 200 && status <= 299;
    }
}
