/**
 * The sandbox's film maker: a painted scene, or a given picture, in gentle motion, as H.264 in MP4.
 *
 * <p>Invariant: a film is a pure function of its order, lasts exactly as long as asked (to the frame), and starts to play
 * before it is loaded whole. Imports {@code sandbox.paint} and JCodec.
 */
@NullMarked
package dev.millrace.provider.sandbox.film;

import org.jspecify.annotations.NullMarked;
