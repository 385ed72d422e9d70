package dev.millrace.provider.sandbox.music;

/** Two channels under mix, and what is sent to the reverb beside them. */
final class Mixer {
    private static final double LOUDEST = 0.89;

    private final float[] left;
    private final float[] right;
    private final float[] send;

    Mixer(int samples) {
        this.left = new float[samples];
        this.right = new float[samples];
        this.send = new float[samples];
    }

    void add(Note note, float[] sound) {
        int start = (int) (note.start() * Wav.RATE);
        double level = note.instrument().level() * note.strength();
        double angle = (note.pan() + 1) * Math.PI / 4;
        float toLeft = (float) (level * Math.cos(angle) * Math.sqrt(2));
        float toRight = (float) (level * Math.sin(angle) * Math.sqrt(2));
        float toRoom = (float) (level * note.instrument().room());
        int end = Math.min(sound.length, left.length - start);
        for (int i = 0; i < end; i++) {
            left[start + i] += sound[i] * toLeft;
            right[start + i] += sound[i] * toRight;
            send[start + i] += sound[i] * toRoom;
        }
    }

    /** Adds the room, evens out the level, bends the peaks, fades both ends. */
    void finish(double fadeIn, double fadeOut) {
        Reverb.add(send, left, right);
        double gain = gain();
        int in = (int) (fadeIn * Wav.RATE);
        int out = (int) (fadeOut * Wav.RATE);
        for (int i = 0; i < left.length; i++) {
            double rise = i < in ? (double) i / in : 1;
            double fall = left.length - i < out ? (double) (left.length - i) / out : 1;
            double level = gain * rise * fall * fall;
            left[i] = bend(left[i] * level);
            right[i] = bend(right[i] * level);
        }
    }

    /** Brings what is loud (all but the highest peaks) to the same level in every piece. */
    private double gain() {
        double power = 0;
        for (int i = 0; i < left.length; i++) {
            power += (double) left[i] * left[i] + (double) right[i] * right[i];
        }
        double mean = Math.sqrt(power / (2.0 * left.length));
        return mean < 1e-6 ? 1 : 0.17 / mean;
    }

    /** A limiter without edges: quiet stays as it is, nothing reaches full scale. */
    private static float bend(double value) {
        double size = Math.abs(value);
        if (size < 0.5) {
            return (float) value;
        }
        double bent = 0.5 + (LOUDEST - 0.5) * Math.tanh((size - 0.5) / (LOUDEST - 0.5));
        return (float) Math.copySign(bent, value);
    }

    float[] left() {
        return left;
    }

    float[] right() {
        return right;
    }
}
