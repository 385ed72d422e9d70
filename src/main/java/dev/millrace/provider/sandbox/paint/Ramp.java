package dev.millrace.provider.sandbox.paint;

import java.util.List;

/** A smooth run of colours from 0 to 1, kept as a table so that a pixel costs one look-up. */
public final class Ramp {
    private static final int STEPS = 1024;
    private final float[] table = new float[3 * (STEPS + 1)];

    private Ramp() {}

    /** Evenly spaced stops, at least one. */
    public static Ramp of(List<Rgb> stops) {
        var ramp = new Ramp();
        for (int i = 0; i <= STEPS; i++) {
            double place = (double) i / STEPS * (stops.size() - 1);
            int first = (int) Math.min(place, stops.size() - 1);
            int next = Math.min(first + 1, stops.size() - 1);
            double share = place - first;
            Rgb colour = stops.get(first).mix(stops.get(next), share * share * (3 - 2 * share) * 0.4 + share * 0.6);
            ramp.table[3 * i] = (float) colour.r();
            ramp.table[3 * i + 1] = (float) colour.g();
            ramp.table[3 * i + 2] = (float) colour.b();
        }
        return ramp;
    }

    public static Ramp of(Rgb... stops) {
        return of(List.of(stops));
    }

    /** Sets the ink's colour to the one at {@code place}; beyond the ends, the end colour. */
    public void dip(Ink ink, double place) {
        int i = 3 * (int) (Math.clamp(place, 0, 1) * STEPS);
        ink.r = table[i];
        ink.g = table[i + 1];
        ink.b = table[i + 2];
    }

    public Rgb at(double place) {
        int i = 3 * (int) (Math.clamp(place, 0, 1) * STEPS);
        return new Rgb(table[i], table[i + 1], table[i + 2]);
    }
}
