package dev.millrace.provider.sandbox.music;

/** The players of the band; each with how loud it stands in the mix and how much room it gets. */
enum Instrument {
    PAD(0.15, 0.55),
    STRINGS(0.16, 0.50),
    KEYS(0.26, 0.28),
    PIANO(0.30, 0.32),
    PLUCK(0.34, 0.30),
    BELL(0.17, 0.60),
    FLUTE(0.20, 0.42),
    LEAD(0.13, 0.30),
    BASS(0.34, 0.04),
    KICK(0.62, 0.03),
    SNARE(0.30, 0.16),
    HAT(0.13, 0.06),
    RIDE(0.11, 0.14),
    SHAKER(0.10, 0.08),
    TOM(0.60, 0.30),
    CLAP(0.26, 0.20);

    private final double level;
    private final double room;

    Instrument(double level, double room) {
        this.level = level;
        this.room = room;
    }

    double level() {
        return level;
    }

    /** How much of it goes to the reverb. */
    double room() {
        return room;
    }
}
