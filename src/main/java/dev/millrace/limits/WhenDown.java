package dev.millrace.limits;

/** What happens to limits while the Redis that counts them for all nodes does not answer. */
public enum WhenDown {
    /** Each node holds what comes to it against its equal part of every limit. */
    LOCAL,
    /** Every request that a limit counts is refused with 503, until it answers again. */
    REFUSE
}
