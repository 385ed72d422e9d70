package dev.millrace.provider.sandbox.speech;

/** A second-order resonance at one frequency, as a vocal tract has several in a row (Klatt 1980). */
final class Resonator {
    private final double rate;
    private double a;
    private double b;
    private double c;
    private double last;
    private double before;

    Resonator(double rate) {
        this.rate = rate;
    }

    void tune(double frequency, double bandwidth) {
        double r = Math.exp(-Math.PI * bandwidth / rate);
        c = -r * r;
        b = 2 * r * Math.cos(2 * Math.PI * frequency / rate);
        a = 1 - b - c;
    }

    double pass(double in) {
        double out = a * in + b * last + c * before;
        before = last;
        last = out;
        return out;
    }
}
