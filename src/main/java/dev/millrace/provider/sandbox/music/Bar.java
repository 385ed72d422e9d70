package dev.millrace.provider.sandbox.music;

/**
 * One bar of a piece.
 *
 * @param number from 0
 * @param count how many bars the piece has
 * @param start in seconds
 * @param beat the length of a beat in seconds
 * @param step the step of the scale that its chord stands on
 */
record Bar(int number, int count, double start, double beat, int step, Style style, Key key) {
    double length() {
        return beat * style.beats();
    }

    /** When the half beat with this number comes, swing included. */
    double half(int position) {
        double late = position % 2 == 1 ? style.swing() * beat : 0;
        return start + position * beat / 2 + late;
    }

    int halves() {
        return style.beats() * 2;
    }

    /** Bars before the whole band plays. */
    boolean opening() {
        return number < (count > 8 ? 2 : 1);
    }

    /** The last bar that is heard. */
    boolean closing() {
        return number >= count - 2;
    }
}
