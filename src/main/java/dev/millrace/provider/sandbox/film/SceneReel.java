package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import dev.millrace.provider.sandbox.paint.Layer;
import dev.millrace.provider.sandbox.paint.Motion;
import dev.millrace.provider.sandbox.paint.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A painted scene seen by a camera that moves sideways: near layers pass faster than far ones.
 *
 * <p>Layers that do not change are painted once, wider than the frame, and moved; only living ones are painted anew.
 */
final class SceneReel implements Reel {
    private static final double MARGIN = 0.17;
    private static final double TRAVEL = 0.20;

    private final List<Part> parts = new ArrayList<>();
    private final double duration;

    SceneReel(Scene scene, Take take) {
        this.duration = take.seconds();
        Still open = null;
        for (Layer layer : scene.layers()) {
            if (layer.alive()) {
                parts.add(new Living(layer));
                open = null;
                continue;
            }
            if (open == null || !open.motion().equals(layer.motion())) {
                open = new Still(Canvas.withMargin(take.width(), take.height(), MARGIN), layer.motion());
                parts.add(open);
            }
            layer.paint(open.canvas(), 0);
        }
    }

    @Override
    public boolean given() {
        return false;
    }

    @Override
    public void frame(double seconds, Canvas into) {
        Arrays.fill(into.pixels(), 0xFF000000);
        for (Part part : parts) {
            switch (part) {
                case Living living -> living.layer().paint(into, seconds + 0.001);
                case Still still -> place(still, seconds, into);
            }
        }
    }

    private void place(Still still, double seconds, Canvas into) {
        Motion motion = still.motion();
        double passed = seconds - duration / 2;
        double right = motion.driftX() * passed - TRAVEL * motion.nearness() * passed / Math.max(duration, 4);
        double down = motion.driftY() * passed;
        double unit = into.height();
        double marginX = (still.canvas().width() - into.width()) / 2.0;
        double marginY = (still.canvas().height() - into.height()) / 2.0;
        Compositor.over(still.canvas(), marginX - right * unit, marginY - down * unit, into);
    }

    private sealed interface Part {}

    private record Living(Layer layer) implements Part {}

    private record Still(Canvas canvas, Motion motion) implements Part {}
}
