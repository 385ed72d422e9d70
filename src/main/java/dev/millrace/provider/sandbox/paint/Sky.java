package dev.millrace.provider.sandbox.paint;

/** The sky down to the horizon, bright around the light, and the same haze below it. */
final class Sky implements Layer {
    private final Stage stage;
    private final Ramp ramp;
    private final Noise noise;

    Sky(Stage stage) {
        this.stage = stage;
        this.ramp = Ramp.of(stage.palette().sky());
        this.noise = stage.noise("sky");
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Rgb light = stage.palette().light();
        Rgb warm = stage.palette().haze().mix(light, 0.5);
        double strength = stage.palette().night() ? 0.45 : 1;
        Soft.wash(canvas, -9, 9, 300, (x, y, ink) -> {
            double uneven = 0.035 * noise.fbm(x * 1.3, y * 3.1, 3);
            ramp.dip(ink, Math.max(0, y) / stage.horizon() + uneven);
            double dx = (x - stage.lightX()) * 0.85;
            double dy = y - stage.lightY();
            double far = Math.sqrt(dx * dx + dy * dy);
            ink.mix(warm, strength * 0.62 * Math.exp(-far * 2.6));
            ink.mix(light, strength * 0.55 * Math.exp(-far * far * 38));
        });
    }
}
