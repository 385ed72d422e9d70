package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;

/** A field of stars that thins out towards the horizon and, in a film, twinkles. */
final class Stars implements Layer {
    private final Stage stage;
    private final double density;
    private final double lowest;

    Stars(Stage stage, double density, double lowest) {
        this.stage = stage;
        this.density = density;
        this.lowest = lowest;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("stars");
        int count = (int) (1100 * density * Math.max(0.6, stage.aspect()));
        var ink = new Ink();
        for (int i = 0; i < count; i++) {
            double x = dice.between(0, stage.aspect());
            double y = dice.unit() * lowest;
            double size = Math.pow(dice.unit(), 9);
            double phase = dice.between(0.0, 40);
            double shine = (0.22 + 0.78 * size + 0.18 * dice.unit()) * (1 - 0.75 * Math.pow(y / lowest, 2));
            shine *= 0.85 + 0.15 * Math.sin(seconds * (2 + phase % 3) + phase);
            double tone = dice.unit();
            ink.r = tone < 0.25 ? 0.78 : 1;
            ink.g = tone < 0.25 ? 0.87 : 0.96 - 0.1 * (tone > 0.8 ? 1 : 0);
            ink.b = tone > 0.8 ? 0.78 : 1;
            dot(canvas, x, y, 0.0007 + 0.0024 * size, shine, ink);
        }
    }

    /** A small round light with a faint halo. */
    static void dot(Canvas canvas, double x, double y, double radius, double shine, Ink ink) {
        double pixels = Math.max(radius * canvas.scale, 0.55);
        double reach = pixels * 3.2 + 1;
        double cx = (x - canvas.left) * canvas.scale - 0.5;
        double cy = (y - canvas.top) * canvas.scale - 0.5;
        int toRow = Math.min(canvas.height - 1, (int) (cy + reach));
        int toColumn = Math.min(canvas.width - 1, (int) (cx + reach));
        for (int row = Math.max(0, (int) (cy - reach)); row <= toRow; row++) {
            for (int column = Math.max(0, (int) (cx - reach)); column <= toColumn; column++) {
                double far = Math.hypot(row - cy, column - cx) / pixels;
                ink.cover = shine * (Math.exp(-far * far * 1.4) + 0.10 * Math.exp(-far * 1.3));
                canvas.light(row * canvas.width + column, row, column, ink);
            }
        }
    }
}
