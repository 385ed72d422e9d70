package dev.millrace.provider.sandbox.paint;

/**
 * One mountain range: a jagged crest, faces in light and in shade, snow where asked, haze at its foot.
 *
 * @param depth 0 at the far end of the view, 1 at the near one
 * @param base where its foot lies
 * @param rise how high its peaks stand above the foot
 * @param snow how far down the snow reaches, 0 to 1
 */
record Range(Stage stage, Noise noise, double depth, double base, double rise, double snow) implements Layer {
    @Override
    public Motion motion() {
        return Motion.near(0.1 + 0.6 * depth);
    }

    /** The upper edge. */
    Crest crest() {
        double wide = 1.1 + 0.9 * depth;
        return x -> {
            double px = x * wide + depth * 37.1;
            double broad = 0.5 + 0.5 * noise.at(px * 0.7, 3.3);
            double peaks = noise.ridged(px, 8.7, 6);
            double rocks = noise.fbm(px * 9, 2.9, 5);
            return base - rise * (0.30 * broad + 0.95 * peaks * (0.55 + 0.45 * broad) + 0.075 * rocks);
        };
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Palette palette = stage.palette();
        Rgb body = palette.far().mix(palette.near(), 0.10 + 0.75 * Math.pow(depth, 1.25));
        Rgb haze = palette.haze().mix(palette.far(), 0.30 + 0.35 * depth);
        Rgb bright = body.mix(palette.light(), 0.34 - 0.16 * depth);
        Rgb dark = body.mix(palette.near(), 0.28);
        Rgb whiteLit = palette.light().mix(palette.haze(), 0.15 + 0.2 * (1 - depth));
        Rgb whiteShade = palette.far().mix(palette.sky().get(1), 0.4).lighter(0.05);
        double side = 0.011;
        double fine = 3.8 + 2.2 * depth;
        Crest crest = crest();
        fillFaces(canvas, crest, (x, y, ink) -> {
            double toLight = Math.signum(stage.lightX() - x) * Math.min(1, Math.abs(stage.lightX() - x) * 6);
            double here = faces(x, y, fine);
            double slope = (here - faces(x + side * toLight, y - side * 0.5, fine)) * 4.2;
            double lit = Math.clamp(0.42 + slope, 0, 1);
            ink.set(dark);
            ink.mix(bright, lit);
            double height = (base - y) / rise;
            double line = 1.05 - snow + 0.55 * (here - 0.42) - 0.12 * slope;
            double white = snow <= 0 ? 0 : Stage.smooth(line - 0.022, line + 0.022, height);
            if (white > 0) {
                double shine = Stage.smooth(0.25, 0.65, lit);
                ink.mix(whiteShade, white * (1 - shine));
                ink.mix(whiteLit, white * shine);
            }
            ink.mix(haze, 0.92 * (1 - 0.75 * depth) * Stage.smooth(0.62, -0.05, height) + 0.10 * (1 - depth));
        });
    }

    private void fillFaces(Canvas canvas, Crest crest, Shader shader) {
        crest.fill(canvas, base + 0.45, shader);
    }

    private double faces(double x, double y, double fine) {
        return noise.ridged(x * fine + y * 1.4 + depth * 11, y * fine * 0.75 - x * 0.8, 5);
    }
}
