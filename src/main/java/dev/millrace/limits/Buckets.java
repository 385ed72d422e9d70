package dev.millrace.limits;

import java.util.List;

/** Where is counted what may be used in a minute: buckets by name, which fill up evenly and of which all are taken or none. */
interface Buckets {
    /**
     * What somebody wants of one bucket; more than a minute has is let in when the minute is whole.
     *
     * @param quota what the bucket has for all nodes together
     */
    record Draw(String name, long quota, long tokens) {}

    /**
     * How a bucket stands.
     *
     * @param quota how much it holds
     * @param remaining how much is left; negative where more was used than there was
     * @param nanosToWait until what was wanted is there for whoever was refused, behind those who were told before to come back; 0 when it
     *     is, or was taken
     */
    record Level(long quota, long remaining, long nanosToWait) {}

    /**
     * What came of it.
     *
     * @param taken whether all of it was taken; else nothing was
     * @param levels in the order of the draws, behind it
     */
    record Drawn(boolean taken, List<Level> levels) {}

    /**
     * Takes all that is wanted, or nothing. Who comes back when he was told finds it there, whoever came anew meanwhile.
     *
     * @throws dev.millrace.problem.ProblemException {@code UNAVAILABLE} when it can not be counted, and may not go uncounted
     */
    Drawn take(List<Draw> draws);

    /** Gives back what was taken too much, or takes what more was used; whether it is there or not. */
    void settle(List<Draw> taken, long used);

    /** How the buckets stand; takes nothing. */
    List<Level> look(List<Draw> draws);
}
