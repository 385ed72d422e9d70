package dev.millrace.provider.sandbox.paint;

/** Drifting clouds, lit from the side of the sun. */
final class Clouds implements Layer {
    private final Stage stage;
    private final double amount;
    private final Noise noise;

    /** An amount of 0 is a clear sky, 1 a covered one. */
    Clouds(Stage stage, double amount) {
        this.stage = stage;
        this.amount = amount;
        this.noise = stage.noise("clouds");
    }

    @Override
    public Motion motion() {
        return new Motion(0.05, 0.012, 0);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Palette palette = stage.palette();
        Rgb lit = palette.light().mix(palette.haze(), 0.22);
        Rgb shade = palette.far().mix(palette.sky().get(1), 0.55);
        double threshold = Stage.mix(0.36, -0.12, amount);
        Soft.wash(canvas, -1, stage.horizon() + 0.02, 420, (x, y, ink) -> {
            double depth = Math.max(0, stage.horizon() - y) / stage.horizon();
            double squash = 2.4 + 7 * (1 - depth) * (1 - depth);
            double body = density(x, y, squash);
            double cover = Stage.smooth(threshold, threshold + 0.42, body);
            if (cover <= 0) {
                ink.cover = 0;
                return;
            }
            double dx = stage.lightX() - x;
            double dy = stage.lightY() - y;
            double far = Math.max(0.05, Math.hypot(dx, dy));
            double toLight = density(x + 0.05 * dx / far, y + 0.03 * dy / far, squash);
            double bright = Math.clamp(0.5 + 2.1 * (body - toLight) + 0.35 * Math.exp(-far * 2), 0, 1);
            ink.set(shade);
            ink.mix(lit, bright);
            ink.cover = cover * (0.42 + 0.5 * bright) * Stage.smooth(0, 0.12, depth) * (0.6 + 0.4 * amount);
        });
    }

    private double density(double x, double y, double squash) {
        double bend = noise.at(x * 1.1 + 3, y * squash * 0.5);
        return noise.fbm(x * 1.5 + bend * 0.45, y * squash + bend * 0.3 + 7, 5);
    }
}
