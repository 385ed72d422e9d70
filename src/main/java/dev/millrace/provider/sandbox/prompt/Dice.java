package dev.millrace.provider.sandbox.prompt;

import java.util.List;

/**
 * A reproducible source of chance: one SplitMix64 stream, named by what it decides.
 *
 * <p>Two dice made from equal parts throw equal values on every machine, which is what makes every sandbox output a pure
 * function of its request. Not safe for use by several threads.
 */
public final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private final long origin;
    private long state;

    private Dice(long origin) {
        this.origin = origin;
        this.state = origin;
    }

    /** Dice that depend on the text and on the seed. */
    public static Dice of(String text, long seed) {
        return new Dice(mix(hash(text) ^ mix(seed + GOLDEN)));
    }

    /** Independent dice for one purpose; they do not depend on how often these were thrown. */
    public Dice named(String purpose) {
        return new Dice(mix(origin ^ hash(purpose)));
    }

    /** The same as {@link #named(String)}, for the n-th of several equal things. */
    public Dice numbered(String purpose, int number) {
        return new Dice(mix(origin ^ hash(purpose) ^ mix(number + 1L)));
    }

    /** The next 64 bits. */
    public long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** At least 0, below 1. */
    public double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** At least {@code low}, below {@code high}. */
    public double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** At least {@code low}, at most {@code high}. */
    public int between(int low, int high) {
        return low + (int) Math.floorMod(bits(), (long) high - low + 1);
    }

    /** About normally distributed around 0 with deviation 1, never beyond ±3.5. */
    public double bell() {
        return (unit() + unit() + unit() + unit() - 2) * 1.75;
    }

    /** True with the given probability. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** One of the list, which must not be empty. */
    public <T> T pick(List<T> list) {
        return list.get(between(0, list.size() - 1));
    }

    private static long hash(String text) {
        long value = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            value = (value ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(value);
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
