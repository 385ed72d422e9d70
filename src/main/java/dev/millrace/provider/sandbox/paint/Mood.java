package dev.millrace.provider.sandbox.paint;

/** The light of a picture: time of day, weather, season, or a deliberate colour scheme. */
enum Mood {
    DAWN("2b3a67 6b6fa8 e3a3a8 ffd9b0/fff4d6/c39bb0/2a2445/f4a6a0 ffcf9f 8c7fb8 3f5f8f"),
    GOLDEN("2f5f8c 86afc6 f3d9a4 ffc069/fff6d0/d9b48a/33291f/f6a03c e7702f 7aa6a1 385a6a"),
    SUNSET("231a4a 6d2c6e d9525f ff9a56 ffd27a/ffeec0/a8506c/1a0f2e/ff6f59 ffb84d 9d3b8a 3a2a70"),
    DUSK("141e46 3b3b7a 8a5a9e eaa0b4/ffe9e3/6b5a94/10122b/f28ab2 ffd0a1 6a7fdb 4c3a85"),
    NIGHT("050914 0b1734 163058 2f5a86/f6f2e2/1e3a5f/04070f/6fa8dc f2e6b1 2e6f95 9db4ff", true),
    MOONLIT("04141c 07303a 0f5257 479a8c/f2f7e6/12555a/020c10/7fd1c0 f4e9b8 2a8a86 b7e4d8", true),
    NOON("2570bd 5fa8e0 aad7f1 e9f5f5/ffffff/9cc3d8/1f4a3c/2fa08a f2c14e e8685a 1f6fb0"),
    OVERCAST("74838f 9dabb3 c6ced0 e8e8e2/fdfaf0/aab4b8/2c363b/6f8791 b3a68d 87605a 4a5f6c"),
    STORM("161e28 31414f 5f7282 aab6b8/dfe9ec/5b6b79/0e141a/8fb0c0 c9c2a5 3f5a6c 76848f"),
    WINTER("5f84b0 9dbad6 d5e3ee f9eee6/fff8ec/bccfdf/2c4058/8db2d6 f2c6c0 5579a6 dfeaf2"),
    AUTUMN("5a7a94 b4b79f f2cb8a f4a25c/fff2c6/c98f5e/3a1f16/d9542b f2a93b 8c2f1b 6b6e3a"),
    SPRING("4fa9d2 9ad6e0 e6efe0 ffe3dc/fffbea/a9cfb8/2d5a4a/f29cb7 f6d365 7bc47f fff3f5"),
    TROPIC("0b6aa0 22afc6 98e3d6 ffe9ba/fffbdf/4fb5b0/0a3d46/ff8f6b ffd35c 12a3a8 0f6b8a"),
    DUNES("3a6ea5 9bbfd2 f5e0bb f6bf83/fff4d0/e3ad7c/6e3518/e38b4a f2c07a b5552c 5b7fa0"),
    EMBER("150a12 451324 9c2a2a ec6b2d ffc15e/ffebb0/7a2429/0d0609/ff7a2f ffc15e c2303a 5a1a3a"),
    EMERALD("06231f 0f4f43 3d8f6f a6d5a4 f0f3c8/fefcd9/5d9d7f/04201a/7fc98f f0e29a 1f7a62 b8dfb0"),
    ROSE("5b3a6b a8658f eaa0ac fcdcd2/fff4ec/c98aa2/3a1f3d/f08aa0 ffd1b8 a05a9c 6d4a8a"),
    GILT("241808 6b4a16 c08a2c f0c766 fff0bf/fffbe2/b98b3e/1b1207/f2c14e fff0bf b9772a 7a4a18"),
    NEON("0a0620 2a0f5e 7a1fa2 f0409a ff9e6b/ffdcf2/5a1f8a/060314/00d5ee ff4da0 ffd84d 7b5cff", true),
    INK("cfccc5 dedbd4 ebe9e3 f8f6f0/ffffff/b9b8b4/1b1c1f/b5392c 3a3c42 8a8882 5c5d61"),
    LAVENDER("5d56a0 9d95d2 d8caf0 fbe6ea/fffaf2/b0a2d2/2c2650/a58be0 f4b6c8 7fa3e0 6b4fa8");

    private final Palette palette;

    Mood(String colours) {
        this(colours, false);
    }

    Mood(String colours, boolean night) {
        this.palette = Palette.read(colours, night);
    }

    Palette palette() {
        return palette;
    }

    /** Which of several that a prompt names decides, the lowest first: a scheme, then an hour, then a season or a weather. */
    int weight() {
        return switch (this) {
            case NEON, INK, GILT, EMBER, LAVENDER -> 0;
            case DAWN, GOLDEN, SUNSET, DUSK, MOONLIT -> 1;
            case NIGHT, STORM -> 2;
            case NOON, OVERCAST, WINTER, AUTUMN, SPRING, TROPIC, DUNES, EMERALD, ROSE -> 3;
        };
    }
}
