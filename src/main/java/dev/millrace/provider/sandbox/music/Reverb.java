package dev.millrace.provider.sandbox.music;

/** A room: four echoes in parallel and two diffusers behind them, for each ear (after Schroeder). */
final class Reverb {
    private static final int[] COMBS = {1557, 1617, 1491, 1422, 1277};
    private static final int[] ALLPASSES = {556, 225, 341};
    private static final int APART = 23;
    private static final float FEEDBACK = 0.83f;
    private static final float DAMP = 0.32f;
    private static final float WET = 0.32f;

    private Reverb() {}

    static void add(float[] send, float[] left, float[] right) {
        side(send, left, 0);
        side(send, right, APART);
    }

    private static void side(float[] send, float[] into, int more) {
        float[] room = new float[send.length];
        for (int comb : COMBS) {
            float[] line = new float[comb + more];
            float low = 0;
            int at = 0;
            for (int i = 0; i < send.length; i++) {
                float out = line[at];
                low = out * (1 - DAMP) + low * DAMP;
                line[at] = send[i] + low * FEEDBACK;
                room[i] += out;
                at = at + 1 == line.length ? 0 : at + 1;
            }
        }
        for (int allpass : ALLPASSES) {
            float[] line = new float[allpass + more];
            int at = 0;
            for (int i = 0; i < room.length; i++) {
                float out = line[at];
                float in = room[i] + out * 0.5f;
                line[at] = in;
                room[i] = out - in * 0.5f;
                at = at + 1 == line.length ? 0 : at + 1;
            }
        }
        for (int i = 0; i < into.length; i++) {
            into[i] += room[i] * WET;
        }
    }
}
