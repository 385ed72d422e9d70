package dev.millrace.provider.sandbox.music;

/** What is made of a given track: longer, in another style, with a voice, taken apart. */
public final class Remix {
    private static final double FADE_SECONDS = 1.5;
    private static final double VOICE_LOWEST = 180;
    private static final double VOICE_HIGHEST = 3800;

    private Remix() {}

    /** The track up to a moment, and a new part behind it, one passing into the other. */
    public static byte[] extend(Recording given, long continueAt, String prompt, long seed, int number, long more) {
        int cut = Math.clamp(continueAt * Wav.RATE / 1000, 0, given.left().length);
        int fade = (int) Math.min(FADE_SECONDS * Wav.RATE, cut);
        Recording rest = composed(prompt, seed, number, more + fade * 1000L / Wav.RATE);
        int length = cut - fade + rest.left().length;
        return new Recording(
                        joined(given.left(), rest.left(), cut, fade, length),
                        joined(given.right(), rest.right(), cut, fade, length))
                .file();
    }

    private static float[] joined(float[] first, float[] second, int cut, int fade, int length) {
        float[] out = new float[length];
        System.arraycopy(first, 0, out, 0, Math.min(cut, length));
        for (int i = 0; i < second.length && cut - fade + i < length; i++) {
            double in = i < fade ? Math.sin(Math.PI / 2 * i / fade) : 1;
            double out0 = i < fade ? Math.cos(Math.PI / 2 * i / fade) : 0;
            int at = cut - fade + i;
            out[at] = (float) (out[at] * out0 + second[i] * in);
        }
        return out;
    }

    /** As long as the track, in the prompt's style, with so much of the original (0 to 1) still to be heard in it. */
    public static byte[] cover(Recording given, String prompt, int number, double originalShare) {
        Recording other = composed(prompt, given.seed(), number, given.milliseconds());
        double under = 0.15 + 0.35 * originalShare;
        return mixed(other, 1 - under * 0.5, given, under).file();
    }

    /** The track with a melody sung over it. */
    public static byte[] withVoice(Recording given, String prompt, long seed, int number) {
        Recording voice = Recording.of(Composer.sing(prompt, seed, number, given.milliseconds()))
                .orElse(given);
        return mixed(given, 0.72, voice, 0.8).file();
    }

    /** The voice: what is in the middle of the stereo picture and in a voice's range. */
    public static byte[] voice(Recording given) {
        float[] middle = middle(given);
        band(middle);
        return new Recording(louder(middle), louder(middle)).file();
    }

    /** The instruments: everything but that. */
    public static byte[] instruments(Recording given) {
        float[] middle = middle(given);
        band(middle);
        float[] left = given.left().clone();
        float[] right = given.right().clone();
        for (int i = 0; i < left.length; i++) {
            left[i] = limited(left[i] - 0.9f * middle[i]);
            right[i] = limited(right[i] - 0.9f * middle[i]);
        }
        return new Recording(left, right).file();
    }

    private static Recording composed(String prompt, long seed, int number, long millis) {
        byte[] file = Composer.compose(prompt, seed, number, Math.clamp(millis, 500, 600_000));
        return Recording.of(file).orElseThrow(() -> new IllegalStateException("bug: an own track can not be read"));
    }

    private static Recording mixed(Recording a, double levelA, Recording b, double levelB) {
        int length = Math.max(a.left().length, b.left().length);
        float[] left = new float[length];
        float[] right = new float[length];
        for (int i = 0; i < length; i++) {
            left[i] = limited(levelA * at(a.left(), i) + levelB * at(b.left(), i));
            right[i] = limited(levelA * at(a.right(), i) + levelB * at(b.right(), i));
        }
        return new Recording(left, right);
    }

    private static float at(float[] samples, int i) {
        return i < samples.length ? samples[i] : 0;
    }

    private static float limited(double value) {
        return (float)
                (Math.abs(value) < 0.6
                        ? value
                        : Math.copySign(0.6 + 0.35 * Math.tanh((Math.abs(value) - 0.6) / 0.35), value));
    }

    private static float[] middle(Recording given) {
        float[] middle = new float[given.left().length];
        for (int i = 0; i < middle.length; i++) {
            middle[i] = (given.left()[i] + given.right()[i]) / 2;
        }
        return middle;
    }

    /** Leaves a voice's range, in place: two gentle filters at each end. */
    private static void band(float[] samples) {
        double low = 1 - Math.exp(-2 * Math.PI * VOICE_HIGHEST / Wav.RATE);
        double high = 1 - Math.exp(-2 * Math.PI * VOICE_LOWEST / Wav.RATE);
        for (int pass = 0; pass < 2; pass++) {
            double smooth = 0;
            double deep = 0;
            for (int i = 0; i < samples.length; i++) {
                smooth += low * (samples[i] - smooth);
                deep += high * (smooth - deep);
                samples[i] = (float) (smooth - deep);
            }
        }
    }

    private static float[] louder(float[] samples) {
        float peak = 1e-4f;
        for (float sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        float[] out = new float[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i] * Math.min(4f, 0.8f / peak);
        }
        return out;
    }
}
