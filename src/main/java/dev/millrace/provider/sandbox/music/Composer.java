package dev.millrace.provider.sandbox.music;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Writes and plays music: a pure function from prompt, seed and length to the bytes of a WAV file. */
public final class Composer {
    private static final long LONGEST = 600_000;

    private Composer() {}

    /**
     * The finished file.
     *
     * @param number which track of the request, from 0; each has a piece of its own
     * @param milliseconds how long it lasts, 500 to 600,000
     */
    public static byte[] compose(String prompt, long seed, int number, long milliseconds) {
        return play(prompt, seed, number, milliseconds, note -> true);
    }

    /** The melody of such a piece alone, as a voice: the same lengths and numbers as {@link #compose}. */
    static byte[] sing(String prompt, long seed, int number, long milliseconds) {
        return play(prompt, seed, number, Math.clamp(milliseconds, 500, LONGEST), Composer::isMelody);
    }

    private static boolean isMelody(Note note) {
        return switch (note.instrument()) {
            case FLUTE, LEAD, BELL, PLUCK -> true;
            case PAD, STRINGS, KEYS, PIANO, BASS, KICK, SNARE, HAT, RIDE, SHAKER, TOM, CLAP -> false;
        };
    }

    private static byte[] play(String prompt, long seed, int number, long milliseconds, Predicate<Note> chosen) {
        if (milliseconds < 500 || milliseconds > LONGEST) {
            throw new IllegalArgumentException("a track can not last " + milliseconds + " ms");
        }
        double seconds = milliseconds / 1000.0;
        Piece piece = Piece.write(prompt, seed + number * 0x5851F42D4C957F2DL, seconds);
        var mixer = new Mixer((int) (milliseconds * Wav.RATE / 1000));
        // Drums and repeated notes sound the same every time; each is played once and kept.
        Map<Sound, float[]> played = new HashMap<>();
        for (Note note : piece.notes()) {
            if (note.start() < seconds && chosen.test(note)) {
                mixer.add(note, played.computeIfAbsent(Sound.of(note), sound -> play(note)));
            }
        }
        mixer.finish(Math.min(0.05, seconds / 8), Math.min(2.5, seconds / 4));
        return Wav.write(mixer.left(), mixer.right());
    }

    private static float[] play(Note note) {
        return switch (note.instrument()) {
            case KICK, SNARE, HAT, RIDE, SHAKER, TOM, CLAP -> Drums.play(note);
            case PAD, STRINGS, KEYS, PIANO, PLUCK, BELL, FLUTE, LEAD, BASS -> Tones.play(note);
        };
    }

    /** What makes two notes sound alike but for their loudness. */
    private record Sound(Instrument instrument, int pitch, long lengthMillis, int force) {
        static Sound of(Note note) {
            return new Sound(
                    note.instrument(), note.pitch(), Math.round(note.length() * 1000), (int) (note.strength() * 8));
        }
    }
}
