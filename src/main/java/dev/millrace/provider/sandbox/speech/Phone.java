package dev.millrace.provider.sandbox.speech;

/** A sound of speech: where the vocal tract resonates, how it is driven, and how long it lasts at an easy pace. */
enum Phone {
    IY(Kind.VOWEL, 280, 2250, 2950, 95),
    IH(Kind.VOWEL, 400, 1950, 2550, 80),
    EH(Kind.VOWEL, 540, 1800, 2480, 95),
    AE(Kind.VOWEL, 670, 1700, 2410, 110),
    AA(Kind.VOWEL, 730, 1100, 2440, 115),
    AO(Kind.VOWEL, 570, 860, 2410, 110),
    UH(Kind.VOWEL, 450, 1030, 2240, 80),
    UW(Kind.VOWEL, 310, 900, 2240, 105),
    AH(Kind.VOWEL, 630, 1200, 2390, 85),
    ER(Kind.VOWEL, 490, 1350, 1700, 105),
    AX(Kind.VOWEL, 500, 1480, 2500, 55),
    M(Kind.NASAL, 270, 1100, 2150, 65),
    N(Kind.NASAL, 270, 1650, 2600, 60),
    NG(Kind.NASAL, 270, 2000, 2750, 65),
    L(Kind.GLIDE, 360, 1050, 2700, 60),
    R(Kind.GLIDE, 340, 1080, 1450, 60),
    W(Kind.GLIDE, 300, 640, 2200, 60),
    Y(Kind.GLIDE, 270, 2200, 3000, 50),
    V(Kind.BUZZ, 300, 1150, 2400, 60, 3000, 0.10),
    DH(Kind.BUZZ, 300, 1400, 2500, 45, 4200, 0.08),
    Z(Kind.BUZZ, 300, 1700, 2550, 75, 5600, 0.30),
    ZH(Kind.BUZZ, 300, 1800, 2500, 75, 2900, 0.28),
    F(Kind.HISS, 400, 1150, 2400, 85, 4300, 0.16),
    TH(Kind.HISS, 400, 1400, 2500, 80, 5000, 0.12),
    S(Kind.HISS, 400, 1700, 2550, 95, 6200, 0.55),
    SH(Kind.HISS, 400, 1800, 2500, 95, 3000, 0.60),
    HH(Kind.HISS, 550, 1500, 2450, 55, 1500, 0.22),
    P(Kind.STOP, 300, 900, 2300, 85, 1100, 0.50),
    T(Kind.STOP, 300, 1700, 2600, 85, 5000, 0.65),
    K(Kind.STOP, 300, 1900, 2400, 90, 2100, 0.60),
    B(Kind.VOICED_STOP, 250, 900, 2300, 70, 900, 0.25),
    D(Kind.VOICED_STOP, 250, 1700, 2600, 70, 4000, 0.30),
    G(Kind.VOICED_STOP, 250, 1900, 2400, 75, 1900, 0.30),
    REST(Kind.SILENCE, 500, 1500, 2500, 60);

    /** How a sound is driven. */
    enum Kind {
        VOWEL,
        NASAL,
        GLIDE,
        /** Voice and noise at once. */
        BUZZ,
        /** Noise alone. */
        HISS,
        STOP,
        VOICED_STOP,
        SILENCE
    }

    final Kind kind;
    final double first;
    final double second;
    final double third;
    final int millis;
    final double noiseAt;
    final double noise;

    Phone(Kind kind, double first, double second, double third, int millis) {
        this(kind, first, second, third, millis, 0, 0);
    }

    Phone(Kind kind, double first, double second, double third, int millis, double noiseAt, double noise) {
        this.kind = kind;
        this.first = first;
        this.second = second;
        this.third = third;
        this.millis = millis;
        this.noiseAt = noiseAt;
        this.noise = noise;
    }

    boolean vowel() {
        return kind == Kind.VOWEL;
    }

    /** How loud the voice is in it, from 0 to 1. */
    double voicing() {
        return switch (kind) {
            case VOWEL -> 1;
            case GLIDE -> 0.75;
            case NASAL -> 0.55;
            case BUZZ -> 0.45;
            case VOICED_STOP -> 0.22;
            case HISS, STOP, SILENCE -> 0;
        };
    }
}
