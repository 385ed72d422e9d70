package dev.millrace.privacy;

/** What becomes of the rows that belong to somebody who is erased. */
sealed interface Fate {
    /** They go. */
    record Deleted() implements Fate {}

    /**
     * They stay, without what says who it was.
     *
     * @param set the assignments of SQL that take that away, each a constant: {@code name = 'erased', email = null}
     * @param why they stay
     */
    record Blanked(String set, String why) implements Fate {}

    /**
     * They stay as they are.
     *
     * @param why they stay, or what else removes them
     */
    record Kept(String why) implements Fate {}
}
