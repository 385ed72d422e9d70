package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;

/** Smooth pseudo-random fields (gradient noise) over the plane; about -1 to 1, the same for the same dice. */
public final class Noise {
    private final int seed;

    public Noise(Dice dice) {
        this.seed = (int) dice.bits();
    }

    /** One octave. */
    public double at(double x, double y) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        double fx = x - ix;
        double fy = y - iy;
        double u = fx * fx * fx * (fx * (fx * 6 - 15) + 10);
        double v = fy * fy * fy * (fy * (fy * 6 - 15) + 10);
        int rowA = iy * 0x27D4EB2F ^ seed;
        int rowB = (iy + 1) * 0x27D4EB2F ^ seed;
        double a = gradient(ix, rowA, fx, fy);
        double b = gradient(ix + 1, rowA, fx - 1, fy);
        double c = gradient(ix, rowB, fx, fy - 1);
        double d = gradient(ix + 1, rowB, fx - 1, fy - 1);
        double top = a + (b - a) * u;
        return (top + (c + (d - c) * u - top) * v) * 1.5;
    }

    /** Several octaves, each half as strong and about twice as fine as the one before. */
    public double fbm(double x, double y, int octaves) {
        double sum = 0;
        double weight = 0.5;
        double px = x;
        double py = y;
        for (int i = 0; i < octaves; i++) {
            sum += weight * at(px, py);
            // A turn between the octaves, or their lattices line up and show.
            double turned = 1.6 * px + 1.2 * py + 17.3;
            py = 1.6 * py - 1.2 * px + 9.1;
            px = turned;
            weight *= 0.5;
        }
        return sum;
    }

    /** Sharp crests at 1, valleys towards 0. */
    public double ridged(double x, double y, int octaves) {
        double sum = 0;
        double weight = 0.5;
        double last = 1;
        double px = x;
        double py = y;
        for (int i = 0; i < octaves; i++) {
            double crest = 1 - Math.abs(at(px, py));
            crest *= crest;
            sum += weight * crest * last;
            last = Math.min(1, crest * 1.4);
            px = px * 2.03 + 31.7;
            py = py * 2.03 + 11.9;
            weight *= 0.5;
        }
        return sum;
    }

    /** A fixed value from 0 to 1 for a lattice point. */
    public double point(int x, int y) {
        return (scramble(x, y * 0x27D4EB2F ^ seed) >>> 8) * 0x1.0p-24;
    }

    private static double gradient(int x, int row, double dx, double dy) {
        int hash = scramble(x, row);
        return switch (hash >>> 29) {
            case 0 -> dx * 0.924 + dy * 0.383;
            case 1 -> dx * 0.383 + dy * 0.924;
            case 2 -> dx * -0.383 + dy * 0.924;
            case 3 -> dx * -0.924 + dy * 0.383;
            case 4 -> dx * -0.924 - dy * 0.383;
            case 5 -> dx * -0.383 - dy * 0.924;
            case 6 -> dx * 0.383 - dy * 0.924;
            default -> dx * 0.924 - dy * 0.383;
        };
    }

    private static int scramble(int x, int row) {
        int h = x * 0x85EBCA6B ^ row;
        h = (h ^ h >>> 15) * 0x2C1B3C6D;
        h = (h ^ h >>> 12) * 0x297A2D39;
        return h ^ h >>> 15;
    }
}
