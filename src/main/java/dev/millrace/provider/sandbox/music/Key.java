package dev.millrace.provider.sandbox.music;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale on a root.
 *
 * @param root the pitch of its first step
 */
record Key(int root, boolean minor) {
    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11};
    private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};

    /** The pitch of a step; steps go on beyond the octave in both directions. */
    int pitch(int step) {
        int[] scale = minor ? MINOR : MAJOR;
        return root + 12 * Math.floorDiv(step, 7) + scale[Math.floorMod(step, 7)];
    }

    /** The steps of the chord on a step: thirds, with the seventh if wanted. */
    List<Integer> chord(int step, boolean seventh) {
        var steps = new ArrayList<Integer>();
        for (int i = 0; i < (seventh ? 4 : 3); i++) {
            steps.add(step + 2 * i);
        }
        return steps;
    }

    /** The chord's pitches, each in the octave from {@code lowest} upwards, lowest first. */
    List<Integer> voiced(int step, boolean seventh, int lowest) {
        var pitches = new ArrayList<Integer>();
        for (int one : chord(step, seventh)) {
            pitches.add(lowest + Math.floorMod(pitch(one) - lowest, 12));
        }
        pitches.sort(null);
        return pitches;
    }
}
