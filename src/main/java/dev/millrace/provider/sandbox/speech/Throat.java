package dev.millrace.provider.sandbox.speech;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.List;

/**
 * Says sounds: pulses of air through five resonances in a row for what is voiced, filtered noise for what hisses. The
 * resonances glide from each sound to the next, which is most of what makes speech out of sounds.
 */
final class Throat {
    static final int RATE = 24_000;

    /** Every so many samples the resonances are tuned again: 5 ms. */
    private static final int STEP = RATE / 200;

    private static final double GLIDE_MILLIS = 45;
    private static final double OPEN = 0.62;
    private static final double PEAK = 0.85;

    private final Voice voice;
    private final Dice dice;
    private final Resonator[] tract = new Resonator[5];
    private final Resonator hiss = new Resonator(RATE);
    private double phase;
    private double airBefore;

    private Throat(Voice voice, Dice dice) {
        this.voice = voice;
        this.dice = dice;
        for (int i = 0; i < tract.length; i++) {
            tract[i] = new Resonator(RATE);
        }
    }

    /** How many samples the sounds make. */
    static int samples(List<Sound> sounds) {
        return sounds.stream().mapToInt(Throat::samples).sum();
    }

    static short[] say(List<Sound> sounds, Voice voice, String text) {
        Throat throat = new Throat(voice, Dice.of(text, 2).named("throat"));
        double[] wave = new double[samples(sounds)];
        int at = 0;
        for (int i = 0; i < sounds.size(); i++) {
            Sound next = sounds.get(Math.min(i + 1, sounds.size() - 1));
            at = throat.say(sounds.get(i), next, sounds.get(Math.max(0, i - 1)), wave, at);
        }
        return levelled(wave);
    }

    private static int samples(Sound sound) {
        return sound.millis() * (RATE / 1000);
    }

    private int say(Sound sound, Sound next, Sound before, double[] wave, int from) {
        int length = samples(sound);
        for (int i = 0; i < length; i++) {
            double place = (double) i / length;
            if (i % STEP == 0) {
                tune(sound, before, next, i * 1000.0 / RATE);
            }
            double pitch = sound.pitch() + (next.pitch() - sound.pitch()) * place;
            wave[from + i] = sample(sound, before, pitch, place, i * 1000.0 / RATE);
        }
        return from + length;
    }

    private void tune(Sound sound, Sound before, Sound next, double millis) {
        double in = Math.min(1, 0.5 + millis / GLIDE_MILLIS * 0.5);
        double out = Math.min(1, 0.5 + (sound.millis() - millis) / GLIDE_MILLIS * 0.5);
        Phone own = sound.phone();
        Phone from = before.phone() == Phone.REST ? own : before.phone();
        Phone to = next.phone() == Phone.REST ? own : next.phone();
        double first = blend(own.first, from.first, to.first, in, out);
        double second = blend(own.second, from.second, to.second, in, out);
        double third = blend(own.third, from.third, to.third, in, out);
        double wide = own.kind == Phone.Kind.NASAL ? 1.6 : 1;
        tract[0].tune(first * voice.tract(), 70 * wide);
        tract[1].tune(second * voice.tract(), 95 * wide);
        tract[2].tune(third * voice.tract(), 140 * wide);
        tract[3].tune(3500 * voice.tract(), 220);
        tract[4].tune(4500 * voice.tract(), 320);
        if (own.noiseAt > 0) {
            hiss.tune(own.noiseAt * (0.75 + voice.tract() * 0.25), own.noiseAt * 0.35);
        }
    }

    private static double blend(double own, double before, double after, double in, double out) {
        return own * Math.min(in, out) + (in < out ? before * (1 - in) : after * (1 - out));
    }

    private double sample(Sound sound, Sound before, double pitch, double place, double millis) {
        Phone phone = sound.phone();
        double fadeIn = Math.min(1, millis / 12);
        double voicing =
                before.phone().voicing() + (phone.voicing() - before.phone().voicing()) * fadeIn;
        double air = glottis(pitch) * voicing + noise() * voice.breath() * 0.06 * voicing;
        double voiced = air;
        for (Resonator one : tract) {
            voiced = one.pass(voiced);
        }
        return (voiced * 0.9 + hiss.pass(noise()) * breathAt(phone, place, millis, sound.millis())) * sound.stress();
    }

    /** The flow of air through the vocal folds, less what the lips hold back: open for a part of each period, then shut. */
    private double glottis(double pitch) {
        phase += pitch * (1 + dice.between(-0.006, 0.006)) / RATE;
        phase -= Math.floor(phase);
        double open = phase / OPEN;
        double flow = open < 1 ? open * open * (1 - open) * 6.75 : 0;
        double change = flow - airBefore;
        airBefore = flow;
        return change * 9;
    }

    private static double breathAt(Phone phone, double place, double millis, int length) {
        return switch (phone.kind) {
            case HISS, BUZZ -> phone.noise * Math.min(1, Math.min(millis, length - millis) / 18);
            // Shut for the larger part, then it bursts open and dies away.
            case STOP, VOICED_STOP -> place < 0.6 ? 0 : phone.noise * Math.exp(-(place - 0.6) * 9);
            case VOWEL, NASAL, GLIDE, SILENCE -> 0;
        };
    }

    private double noise() {
        return dice.between(-1.0, 1.0);
    }

    private static short[] levelled(double[] wave) {
        double most = 1e-9;
        for (double sample : wave) {
            most = Math.max(most, Math.abs(sample));
        }
        short[] samples = new short[wave.length];
        for (int i = 0; i < wave.length; i++) {
            samples[i] = (short) Math.round(wave[i] / most * PEAK * Short.MAX_VALUE);
        }
        return samples;
    }
}
