package dev.millrace.provider.sandbox.paint;

/** The colour of every point of a layer, in scene coordinates: y runs from 0 (top) to 1 (bottom), x from 0 to the aspect. */
@FunctionalInterface
public interface Shader {
    void shade(double x, double y, Ink ink);
}
