package dev.millrace.provider.sandbox.paint;

import java.awt.BasicStroke;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * A silhouette under construction: shapes that grow together. Feet stand at y 0, up is negative, and one is the height of a
 * grown person.
 */
final class Outline {
    private final Area area = new Area();

    /** A closed line through points, given as x and y in turn, rounded between them. */
    Outline blob(double... points) {
        int n = points.length / 2;
        var path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 0; i < n; i++) {
            double x0 = points[2 * ((i - 1 + n) % n)];
            double y0 = points[2 * ((i - 1 + n) % n) + 1];
            double x1 = points[2 * i];
            double y1 = points[2 * i + 1];
            double x2 = points[2 * ((i + 1) % n)];
            double y2 = points[2 * ((i + 1) % n) + 1];
            double x3 = points[2 * ((i + 2) % n)];
            double y3 = points[2 * ((i + 2) % n) + 1];
            path.curveTo(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2);
        }
        path.closePath();
        area.add(new Area(path));
        return this;
    }

    /** A limb: a line through points that is as wide as said at its start and at its end. */
    Outline limb(double from, double to, double... points) {
        int n = points.length / 2;
        for (int i = 0; i + 1 < n; i++) {
            int steps = 14;
            for (int s = 0; s <= steps; s++) {
                double t = (double) s / steps;
                double along = (i + t) / (n - 1);
                double x = points[2 * i] + (points[2 * i + 2] - points[2 * i]) * t;
                double y = points[2 * i + 1] + (points[2 * i + 3] - points[2 * i + 1]) * t;
                double width = from + (to - from) * along;
                area.add(new Area(new Ellipse2D.Double(x - width / 2, y - width / 2, width, width)));
            }
        }
        return this;
    }

    /** A thin curve, as a tail or an antler. */
    Outline curve(double width, double x0, double y0, double x1, double y1, double x2, double y2) {
        var path = new Path2D.Double();
        path.moveTo(x0, y0);
        path.quadTo(x1, y1, x2, y2);
        area.add(new Area(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                .createStrokedShape(path)));
        return this;
    }

    Outline disc(double x, double y, double width, double height) {
        area.add(new Area(new Ellipse2D.Double(x - width / 2, y - height / 2, width, height)));
        return this;
    }

    Area area() {
        return area;
    }
}
