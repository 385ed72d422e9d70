package dev.millrace.jobs;

/** Which jobs a dialect lets its customers cancel. */
public enum CancelRule {
    /** Only what no worker has taken up yet. */
    QUEUED_ONLY,
    /** A running job too: the upstream is asked to stop, and the customer pays nothing. */
    ANY
}
