package dev.millrace.provider.sandbox.paint;

/**
 * A hill with the marks of the land upon it: patches where something else grows, and light that comes and goes.
 *
 * @param crop the colour of the patches
 */
record Field(Hill hill, Noise noise, Rgb crop) implements Layer {
    @Override
    public Motion motion() {
        return hill.motion();
    }

    double nearness() {
        return hill.nearness();
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Crest crest = hill.crest();
        Ramp ramp = Ramp.of(hill.upper(), hill.lower());
        double[] ys = crest.along(canvas);
        crest.fill(canvas, 9, (x, y, ink) -> {
            double below = (y - ys[Math.clamp(canvas.column(x), 0, ys.length - 1)]) / hill.reach();
            double patch = noise.fbm(x * 1.9 + 9, y * 8, 3);
            ramp.dip(ink, below * 0.75 + 0.08 + 0.30 * patch);
            ink.mix(crop, 0.20 * Stage.smooth(0.06, 0.20, patch));
            double cloud = noise.fbm(x * 0.9 + 3, y * 3.1 + 7, 2);
            ink.scale(1 + 0.26 * cloud + 0.04 * noise.at(x * 43, y * 97));
        });
    }
}
