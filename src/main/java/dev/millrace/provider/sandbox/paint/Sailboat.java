package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.geom.Path2D;

/** A small sailing boat with its reflection, crossing slowly. */
record Sailboat(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("boat");
        double away = stage.lightX() > stage.aspect() / 2 ? -1 : 1;
        double x = stage.lightX() + away * stage.aspect() * dice.between(0.10, 0.26) + 0.008 * seconds;
        double y = stage.horizon() + dice.between(0.035, 0.10);
        double size = (0.35 + 3.2 * (y - stage.horizon())) * 0.24;
        double tilt = 0.05 * Math.sin(seconds * 1.1) + dice.between(-0.06, 0.06);
        var pen = canvas.pen();
        var upright = pen.getTransform();
        pen.translate(x, y);
        pen.scale(size, -size * 0.62);
        pen.rotate(tilt);
        pen.setColor(stage.palette().near().awt(0.22));
        pen.fill(sails());
        pen.fill(hull());
        pen.setTransform(upright);
        pen.translate(x, y + 0.004 * Math.sin(seconds * 1.7) * size);
        pen.scale(size, size);
        pen.rotate(tilt);
        pen.setColor(stage.palette().near().mix(stage.palette().light(), 0.85).awt(1));
        pen.fill(sails());
        pen.setColor(stage.palette().near().awt(1));
        pen.fill(hull());
        pen.dispose();
    }

    private static Path2D sails() {
        var path = new Path2D.Double();
        path.moveTo(0.02, -0.08);
        path.lineTo(0.02, -0.98);
        path.quadTo(0.38, -0.45, 0.40, -0.10);
        path.closePath();
        path.moveTo(-0.02, -0.10);
        path.lineTo(-0.02, -0.86);
        path.quadTo(-0.26, -0.42, -0.33, -0.10);
        path.closePath();
        return path;
    }

    private static Path2D hull() {
        var path = new Path2D.Double();
        path.moveTo(-0.40, -0.07);
        path.lineTo(0.48, -0.07);
        path.quadTo(0.38, 0.05, 0.26, 0.06);
        path.lineTo(-0.24, 0.06);
        path.quadTo(-0.36, 0.03, -0.40, -0.07);
        path.closePath();
        return path;
    }
}
