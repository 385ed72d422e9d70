package dev.millrace.provider.sandbox.music;

/** The drum patterns. A line has one sign per half beat: {@code x} a hit, {@code o} a soft one, {@code .} none. */
enum Beat {
    NONE("", "", "", Instrument.HAT, Instrument.SNARE),
    POP("x..xx...", "..x...x.", "xoxoxoxo", Instrument.HAT, Instrument.CLAP),
    LOFI("x....x..", "..x...x.", "xoxoxoxo", Instrument.HAT, Instrument.SNARE),
    SWING("o...o...", "..o...o.", "x.xxx.xx", Instrument.RIDE, Instrument.SNARE),
    FLOOR("x.x.x.x.", "..x...x.", ".x.x.x.x", Instrument.HAT, Instrument.CLAP),
    MARCH("x..ox...", "....x..o", "........", Instrument.SHAKER, Instrument.TOM),
    WALTZ("x.....", "..o.o.", "x.o.o.", Instrument.SHAKER, Instrument.SHAKER),
    FOLK("x...x...", "..o...o.", "xoxoxoxo", Instrument.SHAKER, Instrument.CLAP),
    ROCK("x..xx.x.", "..x...x.", "xxxxxxxx", Instrument.HAT, Instrument.SNARE);

    private final String kick;
    private final String back;
    private final String top;
    private final Instrument topPlayer;
    private final Instrument backPlayer;

    Beat(String kick, String back, String top, Instrument topPlayer, Instrument backPlayer) {
        this.kick = kick;
        this.back = back;
        this.top = top;
        this.topPlayer = topPlayer;
        this.backPlayer = backPlayer;
    }

    String kick() {
        return kick;
    }

    String back() {
        return back;
    }

    String top() {
        return top;
    }

    Instrument topPlayer() {
        return topPlayer;
    }

    Instrument backPlayer() {
        return backPlayer;
    }

    /** How hard a sign is hit; 0 for a rest. */
    static double strength(String line, int position) {
        if (line.isEmpty()) {
            return 0;
        }
        return switch (line.charAt(position % line.length())) {
            case 'x' -> 0.95;
            case 'o' -> 0.5;
            default -> 0;
        };
    }
}
