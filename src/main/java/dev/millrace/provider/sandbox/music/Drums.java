package dev.millrace.provider.sandbox.music;

import dev.millrace.provider.sandbox.prompt.Dice;

/** Plays the drums: swept sines and shaped noise. */
final class Drums {
    private static final double RATE = Wav.RATE;

    private Drums() {}

    static float[] play(Note note) {
        Dice noise = Dice.of("drums", Math.round(note.start() * 1000));
        return switch (note.instrument()) {
            case KICK -> swept(0.34, 46, 120, 34, 8.5);
            case TOM -> swept(0.7, 62, 70, 12, 4.2);
            case SNARE -> snare(noise);
            case HAT -> hiss(noise, 0.06 + 0.1 * note.length(), 55 / (0.2 + note.length() * 4), 0.75);
            case RIDE -> ride(noise);
            case SHAKER -> hiss(noise, 0.10, 38, 0.5);
            case CLAP -> clap(noise);
            case PAD, STRINGS, KEYS, PIANO, PLUCK, BELL, FLUTE, LEAD, BASS ->
                throw new IllegalArgumentException("not a drum");
        };
    }

    private static float[] swept(double seconds, double low, double more, double fall, double fade) {
        float[] out = new float[(int) (seconds * RATE)];
        double phase = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            phase += (low + more * Math.exp(-time * fall)) / RATE;
            double soft = Math.min(1, time * 900) * Math.exp(-time * fade) * Math.min(1, (seconds - time) * 30);
            out[i] = (float) (Wave.SINE.at(phase) * soft);
        }
        return out;
    }

    private static float[] snare(Dice noise) {
        float[] out = new float[(int) (0.24 * RATE)];
        double low = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            double white = noise.unit() * 2 - 1;
            low += 0.22 * (white - low);
            double wires = (white - low * 0.6) * Math.exp(-time * 21) * 0.62;
            double skin = Wave.SINE.at(i * 186 / RATE) * Math.exp(-time * 27) * 0.6;
            out[i] = (float) (Math.min(1, time * 1200) * (wires + skin));
        }
        return out;
    }

    /** High noise: the differences of white noise. */
    private static float[] hiss(Dice noise, double seconds, double fade, double sharp) {
        float[] out = new float[(int) (seconds * RATE)];
        double last = 0;
        double low = 0;
        for (int i = 0; i < out.length; i++) {
            double white = noise.unit() * 2 - 1;
            low += 0.5 * (white - low);
            double high = white - sharp * last - (1 - sharp) * low;
            last = white;
            double time = i / RATE;
            out[i] = (float) (high * 0.6 * Math.min(1, time * 700) * Math.exp(-time * fade));
        }
        return out;
    }

    private static float[] ride(Dice noise) {
        float[] out = hiss(noise, 0.5, 9, 0.9);
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            double metal =
                    Wave.SINE.at(i * 3217 / RATE) + Wave.SINE.at(i * 4733 / RATE) + Wave.SINE.at(i * 6151 / RATE);
            out[i] = (float) (out[i] * 0.55 + metal * 0.12 * Math.exp(-time * 12));
        }
        return out;
    }

    private static float[] clap(Dice noise) {
        float[] out = new float[(int) (0.22 * RATE)];
        double band = 0;
        double low = 0;
        for (int i = 0; i < out.length; i++) {
            double time = i / RATE;
            low += 0.30 * (noise.unit() * 2 - 1 - low);
            band += 0.06 * (low - band);
            double bursts = time < 0.03 ? Math.exp(-(time % 0.010) * 260) : Math.exp(-(time - 0.03) * 24);
            out[i] = (float) ((low - band) * 1.5 * bursts);
        }
        return out;
    }
}
