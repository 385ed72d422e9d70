package dev.millrace.provider.sandbox.music;

import dev.millrace.provider.sandbox.prompt.Dice;

/** Plays the pitched instruments: one note becomes one mono stretch of samples. */
final class Tones {
    private static final double RATE = Wav.RATE;

    private Tones() {}

    static float[] play(Note note) {
        return switch (note.instrument()) {
            case PAD -> choir(note, Wave.WARM, new Envelope(0.55, 2, 0.8, 0.5), 0.0032, 900);
            case STRINGS -> choir(note, Wave.BRIGHT, new Envelope(0.16, 1.5, 0.85, 0.22), 0.0026, 2600);
            case LEAD -> choir(note, Wave.BRIGHT, new Envelope(0.006, 0.16, 0.35, 0.09), 0.0018, 3400);
            case KEYS -> electric(note, 1.0, 1.6, new Envelope(0.004, 0.9, 0.0, 0.16));
            case PIANO -> piano(note);
            case BELL -> electric(note, 3.51, 1.15, new Envelope(0.002, 1.5, 0.0, 1.1));
            case FLUTE -> flute(note);
            case BASS -> bass(note);
            case PLUCK -> pluck(note);
            case KICK, SNARE, HAT, RIDE, SHAKER, TOM, CLAP -> throw new IllegalArgumentException("a drum has no tone");
        };
    }

    private static float[] space(Envelope envelope, Note note) {
        return new float[(int) (Math.min(envelope.tail(note.length()), note.length() + 4) * RATE) + 1];
    }

    /** Three voices slightly apart in pitch, dulled by a low-pass. */
    private static float[] choir(Note note, Wave wave, Envelope envelope, double apart, double dull) {
        float[] out = space(envelope, note);
        double step = note.frequency() / RATE;
        double vibrato = 0.0015;
        double smooth = 1 - Math.exp(-2 * Math.PI * (dull + note.frequency()) / RATE);
        double a = note.pitch() * 0.37;
        double b = a + 0.31;
        double c = a + 0.67;
        double low = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            double sway = 1 + vibrato * Wave.SINE.at(time * 5.1) * Math.min(1, time * 2);
            a += step * sway;
            b += step * (1 + apart) * sway;
            c += step * (1 - apart);
            double value = (wave.at(a) + wave.at(b) + wave.at(c)) / 3;
            low += smooth * (value - low);
            out[i] = (float) (low * envelope.at(time, note.length()));
        }
        return out;
    }

    /** One sine bends another: an electric piano where the ratio is whole, a bell where it is not. */
    private static float[] electric(Note note, double ratio, double index, Envelope envelope) {
        float[] out = space(envelope, note);
        double step = note.frequency() / RATE;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            double bend = index * note.strength() * Math.exp(-time * 3.2) / (2 * Math.PI);
            double tine = 0.10 * Math.exp(-time * 9) * Wave.SINE.at(i * step * 14);
            double value = Wave.SINE.at(i * step + bend * Wave.SINE.at(i * step * ratio)) + tine * note.strength();
            double tremolo = 1 - 0.12 * (0.5 + 0.5 * Wave.SINE.at(time * 4.4));
            out[i] = (float) (value * 0.74 * tremolo * envelope.at(time, note.length()));
        }
        return out;
    }

    /** Stretched harmonics that die the faster the higher they are. */
    private static float[] piano(Note note) {
        var envelope = new Envelope(0.003, 1.5 * Math.pow(2, (60 - note.pitch()) / 20.0) + 0.15, 0.0, 0.14);
        float[] out = space(envelope, note);
        double step = note.frequency() / RATE;
        int harmonics = (int) Math.clamp(7000 / note.frequency(), 2, 7);
        for (int h = 1; h <= harmonics; h++) {
            double stretch = h * Math.sqrt(1 + 0.0004 * h * h);
            double level = Math.pow(h, -1.25) * (0.45 + 0.55 * Math.pow(note.strength(), 0.4 * h));
            double fade = Math.exp(-(h - 1) * 0.55 / RATE * (1.4 + note.pitch() / 40.0));
            double now = level * 0.6;
            for (int i = 0; i < out.length; i++) {
                out[i] += (float) (now * Wave.SINE.at(i * step * stretch));
                now *= fade;
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] *= (float) envelope.at(i / RATE, note.length());
        }
        return out;
    }

    private static float[] flute(Note note) {
        var envelope = new Envelope(0.07, 0.5, 0.85, 0.09);
        float[] out = space(envelope, note);
        Dice breath = Dice.of("breath", note.pitch());
        double step = note.frequency() / RATE;
        double phase = 0;
        double air = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            phase += step * (1 + 0.0045 * Wave.SINE.at(time * 5.3) * Math.clamp(time * 2.5 - 0.4, 0, 1));
            air += 0.25 * (breath.unit() - 0.5 - air);
            out[i] = (float) ((0.9 * Wave.SOFT.at(phase) + 0.14 * air) * envelope.at(time, note.length()));
        }
        return out;
    }

    private static float[] bass(Note note) {
        var envelope = new Envelope(0.006, 0.5, 0.45, 0.06);
        float[] out = space(envelope, note);
        double step = note.frequency() / RATE;
        double low = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            double open = 180 + 1400 * note.strength() * Math.exp(-time * 7);
            double smooth = Math.min(1, 2 * Math.PI * open / RATE);
            low += smooth * (Wave.REED.at(i * step) - low);
            out[i] = (float) ((low + 0.5 * Wave.SINE.at(i * step)) * envelope.at(time, note.length()));
        }
        return out;
    }

    /** A string: a burst of noise runs round and is smoothed at every turn (Karplus and Strong). */
    private static float[] pluck(Note note) {
        var envelope = new Envelope(0.001, 1.6, 0.0, 0.25);
        float[] out = space(envelope, note);
        double period = RATE / note.frequency();
        int size = (int) period + 2;
        float[] string = new float[size];
        Dice burst = Dice.of("pluck", note.pitch());
        double last = 0;
        for (int i = 0; i < size; i++) {
            last += (0.35 + 0.45 * note.strength()) * (burst.unit() * 2 - 1 - last);
            string[i] = (float) last;
        }
        double whole = period - 0.5;
        int delay = (int) whole;
        double share = whole - delay;
        float before = 0;
        for (int i = 0; i < out.length; i++) {
            int at = i % size;
            float near = string[Math.floorMod(i - delay, size)];
            float far = string[Math.floorMod(i - delay - 1, size)];
            float read = i < size ? string[at] : (float) (near + (far - near) * share);
            float next = 0.497f * (read + before);
            before = read;
            string[at] = i < size ? read : next;
            out[i] = (float) (next * 1.3 * envelope.at(i / RATE, note.length()));
        }
        return out;
    }
}
