package dev.millrace.provider.sandbox.paint;

/** A planet lit from the scene's light: cloud bands, a shaded night side, an air that glows at the rim, perhaps a ring. */
record Planet(Stage stage, String name, double x, double y, double radius, boolean ringed) implements Layer {
    private static final double TILT = -0.38;

    @Override
    public Motion motion() {
        return Motion.near(0.10 + radius);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        if (ringed) {
            ring(canvas, false);
        }
        ball(canvas);
        if (ringed) {
            ring(canvas, true);
        }
    }

    private void ball(Canvas canvas) {
        Noise noise = stage.noise(name);
        Palette palette = stage.palette();
        Rgb rock = palette.far().mix(palette.near(), 0.25);
        Ramp bands = Ramp.of(
                palette.accent(3).mix(rock, 0.5),
                rock,
                palette.accent(0).mix(rock, 0.35),
                palette.light().mix(palette.accent(0), 0.25),
                palette.accent(1).mix(rock, 0.35),
                palette.accent(2).mix(rock, 0.45));
        double toX = stage.lightX() - x;
        double toY = stage.lightY() - 0.3 - y;
        double length = Math.max(0.2, Math.hypot(toX, toY));
        double lx = toX / length * 0.80;
        double ly = toY / length * 0.80;
        Rgb air = palette.accent(0).mix(palette.light(), 0.4);
        canvas.wash(y - radius * 1.35, y + radius * 1.35, (px, py, ink) -> {
            double dx = (px - x) / radius;
            double dy = (py - y) / radius;
            double r2 = dx * dx + dy * dy;
            if (r2 > 1.8) {
                ink.cover = 0;
                return;
            }
            if (r2 >= 1) {
                halo(ink, air, Math.sqrt(r2) - 1, dx * lx + dy * ly);
                return;
            }
            double dz = Math.sqrt(1 - r2);
            double lit = dx * lx + dy * ly + dz * 0.60;
            double day = Stage.smooth(-0.12, 0.75, lit);
            double latitude = dy * Math.cos(TILT) + dx * Math.sin(TILT);
            double longitude = Math.atan2(dx * Math.cos(TILT) - dy * Math.sin(TILT), dz + 0.001);
            double swirl = noise.fbm(longitude * 2.2, latitude * 6, 5);
            bands.dip(ink, 0.5 + 0.42 * noise.at(3.3, latitude * 3.1 + swirl * 0.55) + 0.25 * swirl);
            ink.scale(0.03 + 0.97 * day);
            double rim = Math.pow(1 - dz, 3) * Stage.smooth(-0.2, 0.6, lit);
            ink.mix(air, rim * 0.75);
            ink.cover = Math.min(1, (1 - Math.sqrt(r2)) * radius * canvas.scale + 0.2);
        });
    }

    private static void halo(Ink ink, Rgb air, double out, double towards) {
        double lit = Stage.smooth(-0.5, 0.8, towards);
        ink.set(air, lit * (0.55 * Math.exp(-out * 26) + 0.20 * Math.exp(-out * 7)));
    }

    private void ring(Canvas canvas, boolean front) {
        Noise noise = stage.noise(name + "ring");
        Rgb dust = stage.palette().light().mix(stage.palette().accent(1), 0.4);
        double cos = Math.cos(TILT);
        double sin = Math.sin(TILT);
        canvas.wash(y - radius * 2.4, y + radius * 2.4, (px, py, ink) -> {
            double dx = (px - x) / radius;
            double dy = (py - y) / radius;
            double u = dx * cos + dy * sin;
            double v = (dy * cos - dx * sin) / 0.26;
            double far = Math.hypot(u, v);
            if (v > 0 != front || far < 1.30 || far > 2.25) {
                ink.cover = 0;
                return;
            }
            double grain = 0.55 + 0.45 * noise.fbm(far * 24, 1, 3) - 0.9 * Stage.smooth(0.03, 0, Math.abs(far - 1.85));
            double edge = Stage.smooth(1.30, 1.42, far) * Stage.smooth(2.25, 2.05, far);
            ink.set(dust, Math.clamp(0.75 * grain * edge, 0, 0.9));
            boolean shadow =
                    !front && u * Math.signum(x - stage.lightX()) > 0 && Math.abs(v) < 3.4 && Math.abs(u) < 1.9;
            ink.scale(shadow ? 0.55 : 1);
        });
    }
}
