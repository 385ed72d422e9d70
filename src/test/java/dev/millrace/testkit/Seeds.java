package dev.millrace.testkit;

import java.util.Random;
import java.util.SplittableRandom;

/** Randomness that can be repeated: prints its seed, and takes the one of {@code -Dseed=} when there is one. */
public final class Seeds {
    private Seeds() {}

    /** A generator for the named test; its seed is printed, so that a failure can be run again. */
    public static SplittableRandom random(String test) {
        return new SplittableRandom(seed(test));
    }

    /** The seed alone, for what takes another kind of generator. */
    public static long seed(String test) {
        Long given = Long.getLong("seed");
        long seed = given != null ? given : new Random().nextLong();
        System.out.println(test + ": -Dseed=" + seed);
        return seed;
    }
}
