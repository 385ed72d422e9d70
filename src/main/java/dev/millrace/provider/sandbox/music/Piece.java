package dev.millrace.provider.sandbox.music;

import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.prompt.Words;
import java.util.ArrayList;
import java.util.List;

/** A written piece: its notes, in no order. */
record Piece(List<Note> notes) {
    private static final int LOWEST_CHORD = 55;

    Piece {
        notes = List.copyOf(notes);
    }

    /** Writes the piece that a prompt asks for, filling {@code seconds}. */
    static Piece write(String prompt, long seed, double seconds) {
        Mood mood = Mood.of(Words.of(prompt), Dice.of(prompt, 0).named("mood"));
        Dice dice = Dice.of(prompt, seed).named("piece");
        Style style = mood.style();
        double beat = 60.0 / dice.between(style.slowest(), style.fastest());
        var key = new Key(dice.between(45, 52), style.minor());
        List<Integer> first = dice.pick(style.progressions());
        List<Integer> second = dice.pick(style.progressions());
        var bars = new ArrayList<Bar>();
        int count = (int) Math.ceil(seconds / (beat * style.beats())) + 1;
        for (int i = 0; i < count; i++) {
            boolean middle = i / 4 % 4 == 2;
            int step = (middle ? second : first).get(i % 4);
            bars.add(new Bar(i, count, i * beat * style.beats(), beat, step, style, key));
        }
        var notes = new ArrayList<Note>();
        var tune = new Tune(dice.named("tune"), style, key);
        for (Bar bar : bars) {
            Band.chords(bar, notes);
            Band.backing(bar, dice.numbered("backing", bar.number() % 2), notes);
            Band.bass(bar, dice.numbered("bass", bar.number() % 4), notes);
            Band.drums(bar, dice.numbered("drums", bar.number()), notes);
            tune.play(bar, notes);
        }
        return new Piece(notes);
    }

    /** The lowest pitch that chords are set in. */
    static int lowestChord() {
        return LOWEST_CHORD;
    }
}
