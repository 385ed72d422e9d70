package dev.millrace.limits;

/**
 * How many jobs an organization may have at once.
 *
 * @param plan what the operator calls this, as {@code default} or {@code pro}
 * @param open queued and running together; more are refused
 * @param running what may run; more wait
 */
public record JobLimits(String plan, long open, long running) {
    /** The plan of an organization for which the operator set nothing. */
    public static final String DEFAULT_PLAN = "default";

    public JobLimits {
        if (open < 1 || running < 1) {
            throw new IllegalArgumentException("open and running must be at least 1");
        }
        if (!plan.matches("[a-z0-9_-]{1,32}")) {
            throw new IllegalArgumentException("plan has 1 to 32 lower-case letters, digits, - and _");
        }
    }
}
