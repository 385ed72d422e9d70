/**
 * The sandbox's picture maker: landscapes, skies, cities, flowers and abstract compositions, drawn from prompt and seed.
 *
 * <p>Invariant: a picture is a pure function of its order; equal orders give equal bytes. A scene is a list of layers, so that
 * the film maker can move the same layers. Imports the JDK and {@code sandbox.prompt} alone.
 */
@NullMarked
package dev.millrace.provider.sandbox.paint;

import org.jspecify.annotations.NullMarked;
