package dev.millrace.catalog;

/** Whether a model takes requests. */
public enum ModelStatus {
    ENABLED,
    /** Not for now: the operator has stopped it for a while. */
    BLOCKED,
    /** Not at all: it is listed so that its name keeps its meaning. */
    DISABLED
}
