package dev.millrace.provider;

/** What an adapter makes of a callback. */
public sealed interface CallbackVerdict {
    /**
     * It is the upstream's word, proven by a signature: believed as an answer to a poll is.
     *
     * @param upstreamId the upstream's id of the job
     */
    record Told(String upstreamId, MediaProgress progress) implements CallbackVerdict {}

    /**
     * Something has happened: the upstream is asked at once what it is.
     *
     * @param upstreamId the upstream's id of the job
     */
    record Ask(String upstreamId) implements CallbackVerdict {}

    /** It is not taken, and changes nothing. */
    record Refused(Reason reason) implements CallbackVerdict {}

    /** Why a callback is not taken. */
    enum Reason {
        /** It carries no signature where one is due. */
        UNSIGNED,
        /** Its signature does not fit its bytes. */
        FORGED,
        /** It was signed too long ago, or in the future. */
        STALE,
        /** Its form is not the upstream's. */
        MALFORMED
    }
}
