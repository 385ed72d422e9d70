package dev.millrace.provider.sandbox.paint;

/** The sun's or the moon's disc with its glow. */
final class Orb implements Layer {
    private final Stage stage;
    private final double radius;
    private final boolean moon;
    private final Noise noise;

    Orb(Stage stage, double radius, boolean moon) {
        this.stage = stage;
        this.radius = radius;
        this.moon = moon;
        this.noise = stage.noise("orb");
    }

    @Override
    public Motion motion() {
        return new Motion(0.02, 0, moon ? -0.006 : 0.009);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Rgb light = stage.palette().light();
        Rgb halo = light.mix(stage.palette().haze(), moon ? 0.25 : 0.4);
        double reach = radius * 9;
        Soft.light(canvas, stage.lightY() - reach, stage.lightY() + reach, (x, y, ink) -> {
            double far = Math.hypot(x - stage.lightX(), y - stage.lightY()) / radius;
            double edge = Math.clamp(1.6 - far / 5.6, 0, 1);
            ink.set(
                    halo,
                    edge * (0.55 * Math.exp(-(far - 1) * 0.75) + 0.10 * Math.exp(-far * 0.28)) * (moon ? 0.75 : 1));
        });
        if (moon) {
            face(canvas, light);
        } else {
            Rgb core = light.mix(Rgb.hex("ffffff"), 0.55);
            Soft.light(canvas, stage.lightY() - radius * 1.3, stage.lightY() + radius * 1.3, 2000, (x, y, ink) -> {
                double far = Math.hypot(x - stage.lightX(), y - stage.lightY());
                ink.set(core, Stage.smooth(radius * 1.06, radius * 0.90, far));
            });
        }
    }

    private void face(Canvas canvas, Rgb light) {
        double soft = 1.3 / canvas.scale;
        canvas.wash(stage.lightY() - radius * 1.1, stage.lightY() + radius * 1.1, (x, y, ink) -> {
            double dx = x - stage.lightX();
            double dy = y - stage.lightY();
            double far = Math.sqrt(dx * dx + dy * dy);
            ink.set(light, Stage.smooth(radius + soft, radius - soft, far));
            if (ink.cover > 0) {
                double seas = Stage.smooth(-0.1, 0.45, noise.fbm(dx / radius * 1.4 + 5, dy / radius * 1.4, 4));
                ink.scale(1 - 0.17 * seas - 0.10 * far / radius);
            }
        });
    }
}
