package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;

/** Out-of-focus lights: soft discs with a slightly brighter edge. */
record Bokeh(Stage stage, double nearness) implements Layer {
    @Override
    public Motion motion() {
        return new Motion(nearness, 0, -0.004);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("bokeh" + nearness);
        int count = (int) ((nearness < 0.5 ? 26 : 9) * Math.max(0.7, stage.aspect()));
        var ink = new Ink();
        for (int i = 0; i < count; i++) {
            double x = dice.between(-0.1, stage.aspect() + 0.1);
            double y = dice.between(-0.05, 1.0);
            double radius = (0.014 + 0.055 * Math.pow(dice.unit(), 2)) * (nearness < 0.5 ? 1 : 0.55);
            ink.set(stage.palette().light().mix(stage.palette().accent(i), 0.45));
            disc(canvas, x, y, radius, dice.between(0.06, 0.26), ink);
        }
    }

    private static void disc(Canvas canvas, double x, double y, double radius, double shine, Ink ink) {
        double soft = Math.max(1.5 / canvas.scale, radius * 0.12);
        int toRow = Math.min(canvas.height - 1, canvas.row(y + radius + soft));
        int toColumn = Math.min(canvas.width - 1, canvas.column(x + radius + soft));
        for (int row = canvas.row(y - radius - soft); row <= toRow; row++) {
            for (int column = canvas.column(x - radius - soft); column <= toColumn; column++) {
                double far = Math.hypot(canvas.x(column) - x, canvas.y(row) - y);
                double body = Stage.smooth(radius + soft, radius - soft, far);
                ink.cover = shine * body * (0.62 + 0.38 * Math.pow(far / radius, 4));
                canvas.light(row * canvas.width + column, row, column, ink);
            }
        }
    }
}
