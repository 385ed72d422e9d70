package dev.millrace.provider.sandbox.paint;

/** A bank of mist lying at one height, torn at its edges; in a film it drifts. */
record Mist(Noise noise, double y, double thickness, Rgb colour, double strength, double nearness) implements Layer {
    @Override
    public Motion motion() {
        return new Motion(nearness, 0.014, 0);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Soft.wash(canvas, y - thickness * 2.2, y + thickness * 2.2, 260, (x, at, ink) -> {
            double off = (at - y + 0.35 * thickness * noise.at(x * 1.7, 4)) / thickness;
            double torn = 0.55 + 0.75 * noise.fbm(x * 1.6, at * 7, 4);
            ink.set(colour, Math.clamp(strength * Math.exp(-off * off * 1.5) * torn, 0, 0.95));
        });
    }
}
