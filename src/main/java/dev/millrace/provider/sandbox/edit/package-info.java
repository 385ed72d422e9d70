/**
 * The sandbox's work on given pictures: larger, cut out, wider, painted over, put side by side.
 *
 * <p>Invariant: each is a pure function from pictures and order to a picture, and what a mask does not cover stays as it is,
 * pixel by pixel. Imports {@code sandbox.paint} and Java2D.
 */
@NullMarked
package dev.millrace.provider.sandbox.edit;

import org.jspecify.annotations.NullMarked;
