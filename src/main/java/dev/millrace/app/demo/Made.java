package dev.millrace.app.demo;

import java.nio.file.Path;

/**
 * One thing that was made.
 *
 * @param subject what its transfers are about, as {@code job:<id>}
 */
record Made(Piece piece, String subject, Path file) {}
