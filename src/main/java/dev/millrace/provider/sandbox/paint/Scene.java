package dev.millrace.provider.sandbox.paint;

import java.util.List;

/** A picture in depth: layers from the back to the front. */
public record Scene(List<Layer> layers, boolean flat) {
    public Scene {
        layers = List.copyOf(layers);
    }

    /** The scene without anything moving, in one pass. */
    void paint(Canvas canvas) {
        for (Layer layer : layers) {
            layer.paint(canvas, 0);
        }
    }
}
