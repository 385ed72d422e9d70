package dev.millrace.limits;

/** Says that the Redis did not answer in time, or not as it should. */
final class RedisAwayException extends Exception {
    private static final long serialVersionUID = 1;

    RedisAwayException(String why) {
        super(why);
    }
}
