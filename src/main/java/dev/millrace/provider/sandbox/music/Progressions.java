package dev.millrace.provider.sandbox.music;

import java.util.List;

/** Chord sequences that have proved themselves, by steps of the scale from 0. */
final class Progressions {
    static final List<List<Integer>> BRIGHT =
            List.of(List.of(0, 4, 5, 3), List.of(0, 3, 4, 3), List.of(0, 5, 3, 4), List.of(3, 0, 4, 5));
    static final List<List<Integer>> OPEN =
            List.of(List.of(0, 3, 5, 4), List.of(0, 2, 3, 3), List.of(5, 3, 0, 4), List.of(0, 4, 3, 3));
    static final List<List<Integer>> DARK =
            List.of(List.of(0, 5, 2, 6), List.of(0, 3, 5, 6), List.of(0, 6, 5, 6), List.of(0, 2, 6, 3));
    static final List<List<Integer>> MELLOW =
            List.of(List.of(0, 3, 6, 2), List.of(5, 6, 0, 0), List.of(3, 6, 2, 0), List.of(0, 5, 3, 6));
    static final List<List<Integer>> JAZZ =
            List.of(List.of(1, 4, 0, 5), List.of(0, 5, 1, 4), List.of(2, 5, 1, 4), List.of(1, 4, 2, 5));
    static final List<List<Integer>> DRIVE =
            List.of(List.of(0, 0, 5, 6), List.of(0, 5, 2, 6), List.of(0, 6, 5, 5), List.of(0, 2, 5, 6));

    private Progressions() {}
}
