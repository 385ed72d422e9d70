package dev.millrace.provider;

import dev.millrace.meter.Units;

/**
 * What a call is reckoned to make, as far as the catalogue can tell before it runs.
 *
 * @param outputs how many files; 0 where only the parameters say it
 * @param units the quantities over all outputs; without those of which only an upper bound is known
 */
public record MediaPlan(int outputs, Units units) {
    /** The parameters alone say what to make. */
    public static final MediaPlan OPEN = new MediaPlan(0, Units.NONE);
}
