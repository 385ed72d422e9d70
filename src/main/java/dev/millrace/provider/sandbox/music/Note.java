package dev.millrace.provider.sandbox.music;

/**
 * One sound to play.
 *
 * @param start in seconds from the beginning
 * @param length in seconds, until it is let go
 * @param pitch in semitones as MIDI counts them (69 is the A of 440 Hz); unused by drums
 * @param strength from 0 to 1
 * @param pan from -1 (left) to 1 (right)
 */
record Note(Instrument instrument, double start, double length, int pitch, double strength, double pan) {
    double frequency() {
        return 440 * Math.pow(2, (pitch - 69) / 12.0);
    }
}
