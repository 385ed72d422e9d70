package dev.millrace.provider.sandbox.music;

/** One period of a tone as a table: a sum of harmonics, so that it never sounds above what can be played. */
final class Wave {
    private static final int SIZE = 4096;

    static final Wave SINE = of(1);
    static final Wave SOFT = of(1, 0.30, 0.12, 0.05, 0.03);
    static final Wave REED = of(1, 0.45, 0.40, 0.22, 0.16, 0.09, 0.05);
    static final Wave WARM = falling(9, 1.25);
    static final Wave BRIGHT = falling(22, 1.0);

    private final float[] table = new float[SIZE + 1];

    private Wave() {}

    private static Wave of(double... harmonics) {
        var wave = new Wave();
        double sum = 0;
        for (double harmonic : harmonics) {
            sum += Math.abs(harmonic);
        }
        for (int i = 0; i <= SIZE; i++) {
            double value = 0;
            for (int h = 0; h < harmonics.length; h++) {
                value += harmonics[h] * Math.sin(2 * Math.PI * (h + 1) * i / SIZE);
            }
            wave.table[i] = (float) (value / sum * 1.35);
        }
        return wave;
    }

    private static Wave falling(int count, double power) {
        double[] harmonics = new double[count];
        for (int h = 0; h < count; h++) {
            harmonics[h] = 1 / Math.pow(h + 1, power) * Math.cos(Math.PI / 2 * h / count);
        }
        return of(harmonics);
    }

    /** The value at a phase, which counts periods. */
    float at(double phase) {
        double place = (phase - Math.floor(phase)) * SIZE;
        int index = (int) place;
        float share = (float) (place - index);
        return table[index] + (table[index + 1] - table[index]) * share;
    }
}
