package dev.millrace.provider;

import java.time.Instant;

/**
 * Understands the callbacks of one upstream, where that calls back when a job gets on or has ended. Stateless and pure: it asks
 * nobody. What comes in here comes from anybody who knows the address of one submission, so that an adapter believes what is
 * signed, and has the job looked at for the rest.
 */
public interface MediaCallbacks {
    /**
     * Whether a callback is to be counted on for this call: it is asked about seldom then, and waited for where a crash left open
     * whether it was submitted.
     */
    boolean expected(MediaCall call);

    /** What a callback says, or why it is not taken. Never throws for what an outsider can send. */
    CallbackVerdict read(Callback callback, Instant now);
}
