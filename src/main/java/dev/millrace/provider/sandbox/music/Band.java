package dev.millrace.provider.sandbox.music;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.List;

/** Who plays what in a bar: chords, broken chords, bass and drums. */
final class Band {
    private Band() {}

    static void chords(Bar bar, List<Note> notes) {
        Style style = bar.style();
        List<Integer> pitches = bar.key().voiced(bar.step(), style.sevenths(), Piece.lowestChord());
        boolean held = style.chords() == Instrument.PAD || style.chords() == Instrument.STRINGS;
        for (int i = 0; i < pitches.size(); i++) {
            double pan = (i - pitches.size() / 2.0) * 0.3;
            int pitch = pitches.get(i);
            if (held) {
                notes.add(new Note(style.chords(), bar.start(), bar.length() * 0.98, pitch, 0.7, pan));
                continue;
            }
            double strum = i * 0.014;
            notes.add(new Note(style.chords(), bar.half(0) + strum, bar.beat() * 1.7, pitch, 0.62, pan));
            int again = style.swing() > 0 ? 3 : 4;
            notes.add(new Note(style.chords(), bar.half(again) + strum, bar.beat() * 1.2, pitch, 0.48, pan));
        }
    }

    static void backing(Bar bar, Dice dice, List<Note> notes) {
        Style style = bar.style();
        if (style.backing() == style.chords() && style.swing() > 0 || bar.closing() || bar.number() == 0) {
            return;
        }
        List<Integer> pitches = bar.key().voiced(bar.step(), style.sevenths(), Piece.lowestChord() + 5);
        int steps = bar.halves() * (style.beat() == Beat.FLOOR ? 2 : 1);
        int turn = dice.between(0, 2);
        for (int i = 0; i < steps; i++) {
            double start = bar.start() + i * bar.length() / steps;
            int index = turn == 0
                    ? i % pitches.size()
                    : Math.abs((i + turn) % (2 * pitches.size() - 2) - pitches.size() + 1);
            int pitch = pitches.get(index) + (i % 4 == 3 && turn == 2 ? 12 : 0);
            double strength = (i % 2 == 0 ? 0.5 : 0.36) * (style.backing() == Instrument.STRINGS ? 0.55 : 1);
            notes.add(new Note(
                    style.backing(), start, bar.length() / steps * 1.15, pitch, strength, i % 2 == 0 ? -0.35 : 0.35));
        }
    }

    static void bass(Bar bar, Dice dice, List<Note> notes) {
        if (bar.opening() && bar.style().beat() != Beat.NONE) {
            return;
        }
        Style style = bar.style();
        int root = 33 + Math.floorMod(bar.key().pitch(bar.step()) - 33, 12);
        int fifth = root + 7;
        switch (style.beat()) {
            case NONE -> note(notes, bar, 0, bar.length(), root, 0.5);
            case SWING -> {
                int third = root + Math.floorMod(bar.key().pitch(bar.step() + 2) - root, 12);
                int[] walk = {root, third, fifth, dice.chance(0.5) ? root + 12 : fifth + 2};
                for (int i = 0; i < 4; i++) {
                    note(notes, bar, 2 * i, bar.beat() * 0.92, walk[i], 0.65);
                }
            }
            case FLOOR, ROCK -> {
                for (int i = 0; i < 8; i++) {
                    boolean off = style.beat() == Beat.ROCK || i % 2 == 1;
                    if (off) {
                        note(notes, bar, i, bar.beat() * 0.42, i == 7 && dice.chance(0.5) ? root + 12 : root, 0.7);
                    }
                }
            }
            case WALTZ -> note(notes, bar, 0, bar.beat() * 1.6, bar.number() % 2 == 0 ? root : fifth, 0.62);
            case POP, LOFI, MARCH, FOLK -> {
                note(notes, bar, 0, bar.beat() * 1.35, root, 0.68);
                note(notes, bar, 3, bar.beat() * 0.45, root, 0.5);
                note(notes, bar, 4, bar.beat() * 1.3, dice.chance(0.5) ? fifth : root, 0.6);
                if (dice.chance(0.4)) {
                    note(notes, bar, 7, bar.beat() * 0.4, root + 12, 0.42);
                }
            }
        }
    }

    static void drums(Bar bar, Dice dice, List<Note> notes) {
        Beat beat = bar.style().beat();
        if (bar.opening() || bar.number() >= bar.count() - 1) {
            return;
        }
        for (int i = 0; i < bar.halves(); i++) {
            hit(notes, bar, i, Instrument.KICK, Beat.strength(beat.kick(), i), dice, 0);
            hit(notes, bar, i, beat.backPlayer(), Beat.strength(beat.back(), i), dice, 0.08);
            hit(notes, bar, i, beat.topPlayer(), Beat.strength(beat.top(), i), dice, 0.3);
        }
        boolean fill = bar.number() % 4 == 3 && beat != Beat.NONE && beat != Beat.SWING && beat != Beat.WALTZ;
        if (fill) {
            hit(notes, bar, bar.halves() - 1, beat.backPlayer(), 0.45, dice, -0.15);
        }
    }

    private static void hit(
            List<Note> notes, Bar bar, int half, Instrument drum, double strength, Dice dice, double pan) {
        double human = dice.bell() * 0.004;
        double force = strength * dice.between(0.86, 1.04);
        if (strength > 0) {
            notes.add(new Note(drum, Math.max(0, bar.half(half) + human), 0.05, 0, force, pan));
        }
    }

    private static void note(List<Note> notes, Bar bar, int half, double length, int pitch, double strength) {
        notes.add(new Note(Instrument.BASS, bar.half(half), length, pitch, strength, 0));
    }
}
