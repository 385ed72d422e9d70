package dev.millrace.provider.sandbox.music;

/**
 * How a note swells and dies.
 *
 * @param attack seconds to full strength
 * @param decay seconds in which it falls by two thirds of the way to the sustained part
 * @param sustain the part that stays while the note is held
 * @param release seconds in which it falls by two thirds once let go
 */
record Envelope(double attack, double decay, double sustain, double release) {
    double at(double time, double held) {
        double rise = time < attack ? time / attack : 1;
        double body = sustain + (1 - sustain) * Math.exp(-Math.max(0, time - attack) / decay);
        double let = time > held ? Math.exp(-(time - held) / release) : 1;
        return rise * body * let;
    }

    /** How long it can be heard. */
    double tail(double held) {
        double ownEnd = sustain > 0.01 ? Double.MAX_VALUE : attack + decay * 6;
        return Math.min(held + release * 6, ownEnd);
    }
}
