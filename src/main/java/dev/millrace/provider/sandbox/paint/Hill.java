package dev.millrace.provider.sandbox.paint;

/**
 * A soft hill or forested ridge, one colour running into the haze at its foot.
 *
 * @param base the mean height of its crest
 * @param swing how far the crest swings up and down
 * @param upper the colour at the crest
 * @param lower the colour at the bottom
 * @param reach how far below the crest the lower colour is reached
 */
record Hill(Noise noise, double nearness, double base, double swing, Rgb upper, Rgb lower, double reach)
        implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(nearness);
    }

    Crest crest() {
        return x -> base - swing * (noise.fbm(x * 1.15 + nearness * 13.7, 1.7, 3) * 1.5);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Crest crest = crest();
        Ramp ramp = Ramp.of(upper, lower);
        crest.fill(canvas, 9, (x, y, ink) -> {
            double grain = 0.05 * noise.at(x * 21, y * 47);
            ramp.dip(ink, (y - crest.y(x)) / reach + grain);
        });
    }
}
