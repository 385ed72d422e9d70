/**
 * Still pictures out of stored films. Invariant: a picture shows what the film shows at that moment; a film that can not be
 * decoded gives none. Imports the JDK and the codec alone.
 */
@NullMarked
package dev.millrace.frames;

import org.jspecify.annotations.NullMarked;
