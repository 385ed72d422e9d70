package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.geom.Path2D;

/** A small flock far away, wings beating in a film. */
record Birds(Stage stage) implements Layer {
    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("flock");
        double centreX = stage.aspect() * dice.between(0.25, 0.75);
        double centreY = stage.horizon() * dice.between(0.28, 0.55);
        int count = dice.between(5, 11);
        var pen = canvas.pen();
        pen.setColor(stage.palette().near().mix(stage.palette().far(), 0.3).awt(0.8));
        for (int i = 0; i < count; i++) {
            double x = centreX + dice.bell() * 0.09 + seconds * 0.022;
            double y = centreY + dice.bell() * 0.035 - seconds * 0.003;
            double size = dice.between(0.006, 0.012);
            double beat = Math.sin(seconds * dice.between(5.0, 7.0) + dice.between(0.0, 6.0));
            pen.setStroke(new BasicStroke(
                    (float) Math.max(size * 0.15, 0.9 / canvas.scale), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            pen.draw(wings(x, y, size, 0.25 + 0.4 * beat));
        }
        pen.dispose();
    }

    private static Path2D wings(double x, double y, double size, double lift) {
        var path = new Path2D.Double();
        path.moveTo(x - size, y - size * lift);
        path.quadTo(x - size * 0.45, y - size * (0.35 + lift * 0.6), x, y);
        path.quadTo(x + size * 0.45, y - size * (0.35 + lift * 0.6), x + size, y - size * lift);
        return path;
    }
}
