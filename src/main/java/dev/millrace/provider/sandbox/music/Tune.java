package dev.millrace.provider.sandbox.music;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;

/**
 * The melody: a two-bar idea that comes back, sung over each bar's chord.
 *
 * <p>Strong beats take notes of the chord, the others step along the scale; a phrase of four bars ends on a long note.
 */
final class Tune {
    private static final int LOWEST = 0;
    private static final int HIGHEST = 11;

    private final Style style;
    private final Key key;
    private final Dice dice;
    private final List<boolean[]> rhythms = new ArrayList<>();
    private final List<int[]> contours = new ArrayList<>();
    private int place;

    Tune(Dice dice, Style style, Key key) {
        this.dice = dice;
        this.style = style;
        this.key = key;
        this.place = dice.between(3, 7);
        int halves = style.beats() * 2;
        for (int idea = 0; idea < 3; idea++) {
            boolean[] rhythm = new boolean[halves];
            int[] contour = new int[halves];
            for (int i = 0; i < halves; i++) {
                double likely = style.density() * (i % 4 == 0 ? 1.3 : i % 2 == 0 ? 0.95 : 0.55);
                rhythm[i] = i == 0 && idea != 1 || dice.chance(likely);
                contour[i] = dice.chance(0.75) ? (dice.chance(0.5) ? 1 : -1) : dice.between(-3, 3);
            }
            rhythms.add(rhythm);
            contours.add(contour);
        }
    }

    void play(Bar bar, List<Note> notes) {
        if (bar.opening()) {
            return;
        }
        boolean cadence = bar.number() % 4 == 3 || bar.closing();
        int idea = bar.number() / 4 % 4 == 2 ? 2 : bar.number() % 2;
        boolean[] rhythm = rhythms.get(idea);
        int[] contour = contours.get(idea);
        for (int i = 0; i < rhythm.length; i++) {
            if (cadence && i > 2) {
                break;
            }
            boolean sounds = cadence ? i == 0 : rhythm[i] && !(dice.chance(0.08) && i > 0);
            if (!sounds) {
                continue;
            }
            place = next(bar, place + contour[i], i % 4 == 0);
            double length = (cadence ? style.beats() * 0.8 : gap(rhythm, i) * 0.5 * 0.95) * bar.beat();
            double strength = (i % 4 == 0 ? 0.78 : 0.62) + dice.bell() * 0.05;
            int octave = style.melody() == Instrument.BELL || style.melody() == Instrument.FLUTE ? 24 : 12;
            notes.add(new Note(style.melody(), bar.half(i), length, key.pitch(place) + octave, strength, 0.12));
        }
    }

    /** The nearest allowed step: of the chord on a strong beat, of the scale elsewhere; turned back at the ends. */
    private int next(Bar bar, int wanted, boolean strong) {
        int inside = wanted > HIGHEST ? 2 * HIGHEST - wanted : wanted < LOWEST ? 2 * LOWEST - wanted : wanted;
        if (!strong) {
            return inside;
        }
        List<Integer> chord = key.chord(bar.step(), style.sevenths());
        for (int away = 0; away < 4; away++) {
            for (int candidate : List.of(inside - away, inside + away)) {
                for (int tone : chord) {
                    if (Math.floorMod(candidate - tone, 7) == 0) {
                        return candidate;
                    }
                }
            }
        }
        return inside;
    }

    private static int gap(boolean[] rhythm, int from) {
        int at = from + 1;
        while (at < rhythm.length && !rhythm[at]) {
            at++;
        }
        return at - from;
    }
}
