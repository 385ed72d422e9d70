package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** A single broad tree, grown branch by branch, its crown lit from the side of the light. */
record Tree(Stage stage, Crest ground, double x, double nearness) implements Layer {
    private static final int DEPTH = 8;

    @Override
    public Motion motion() {
        return Motion.near(nearness);
    }

    @Override
    public void paint(Canvas canvas, double seconds) {
        Dice dice = stage.dice().named("tree");
        double size = dice.between(0.075, 0.095) * Math.min(1, 0.55 + 0.45 * stage.aspect());
        double foot = ground.y(x) + 0.01;
        var pen = canvas.pen();
        pen.setColor(new java.awt.Color(0f, 0f, 0f, 0.16f));
        double away = x > stage.lightX() ? 1 : -1;
        pen.fill(new Ellipse2D.Double(x - size * 1.7 + away * size, foot - size * 0.10, size * 3.4, size * 0.30));
        branch(pen, dice, x, foot, -Math.PI / 2 + dice.bell() * 0.06, size, size * 0.20, DEPTH);
        pen.dispose();
    }

    private void branch(
            Graphics2D pen,
            Dice dice,
            double fromX,
            double fromY,
            double angle,
            double length,
            double thick,
            int depth) {
        double toX = fromX + length * Math.cos(angle);
        double toY = fromY + length * Math.sin(angle);
        pen.setColor(stage.palette().near().mix(Rgb.hex("4a3528"), 0.35).awt(1));
        pen.setStroke(new BasicStroke((float) thick, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(new Line2D.Double(fromX, fromY, toX, toY));
        if (depth <= 4) {
            leaves(pen, dice, toX, toY, length);
        }
        if (depth == 0) {
            return;
        }
        int forks = depth > 5 && dice.chance(0.45) ? 3 : 2;
        for (int i = 0; i < forks; i++) {
            double turn = (i - (forks - 1) / 2.0) * dice.between(0.55, 0.95) + dice.bell() * 0.14;
            branch(pen, dice, toX, toY, angle + turn, length * dice.between(0.70, 0.84), thick * 0.66, depth - 1);
        }
    }

    private void leaves(Graphics2D pen, Dice dice, double atX, double atY, double length) {
        Palette palette = stage.palette();
        boolean blossom = palette.accent(0).r() > palette.accent(0).g() + 0.08;
        Rgb green = palette.near().mix(Rgb.hex("86b03e"), 0.62);
        Rgb crown = blossom ? palette.accent(0) : green;
        double side = Math.clamp((x - atX) * Math.signum(x - stage.lightX()) * 5, -0.5, 0.5);
        for (int i = 0; i < 4; i++) {
            double radius = length * dice.between(0.16, 0.42);
            double tone = Math.clamp(0.35 + side + dice.bell() * 0.18 - dice.unit() * 0.1, 0, 1);
            Rgb leaf = crown.mix(palette.near(), 0.45 * (1 - tone)).mix(palette.light(), 0.38 * tone);
            pen.setColor(leaf.awt(0.80));
            double cx = atX + dice.bell() * length * 0.6;
            double cy = atY + dice.bell() * length * 0.5;
            pen.fill(new Ellipse2D.Double(cx - radius, cy - radius * 0.8, 2 * radius, 1.6 * radius));
        }
    }
}
