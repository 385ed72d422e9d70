package dev.millrace.provider.sandbox.music;

import java.util.List;

/**
 * How a kind of music goes.
 *
 * @param slowest beats a minute
 * @param fastest beats a minute
 * @param beats to the bar
 * @param swing how late the second half of a beat comes, 0 to 0.33
 * @param minor whether the scale is minor
 * @param progressions chords by their step of the scale, one a bar; each a list of four
 * @param sevenths whether chords carry a seventh
 * @param chords who plays the chords
 * @param backing who fills in broken chords; the same as chords plays none
 * @param melody who plays the tune
 * @param density how busy the tune is, 0 to 1
 * @param beat the drum pattern
 */
record Style(
        int slowest,
        int fastest,
        int beats,
        double swing,
        boolean minor,
        List<List<Integer>> progressions,
        boolean sevenths,
        Instrument chords,
        Instrument backing,
        Instrument melody,
        double density,
        Beat beat) {}
