package dev.millrace.billing.allowance;

/** How large the blocks of one spender should be: such that one lasts about a second. Used by one thread at a time. */
final class Size {
    /** A block is worth it when it covers so many requests, and is opened for twice as many. */
    private static final long LEAST = 8;

    private static final long SHORT = 1_000;
    private static final long LONG = 4_000;

    private final long most;
    private long typical;
    private long wanted;

    /** @param most nano-dollars */
    Size(long most) {
        this.most = most;
    }

    /** Learns what a request holds. */
    void request(long nanos) {
        typical = Math.max(nanos, typical - typical / 8);
    }

    /** Learns how long a block lasted. */
    void lasted(long millis) {
        if (millis < SHORT) {
            wanted = Math.min(most, Math.max(wanted, 2 * LEAST * typical) * 2);
        } else if (millis > LONG) {
            wanted /= 2;
        }
    }

    /** Below this a block is not opened. */
    long least() {
        return Math.multiplyExact(LEAST, typical);
    }

    /**
     * What is asked for.
     *
     * @param asked how many requests found no block within this second
     */
    long wanted(int asked) {
        return Math.min(most, Math.max(wanted, Math.max(2 * least(), 2L * asked * typical)));
    }
}
