/**
 * Code on pages: what a reader copies, and how it is coloured. Knows nothing of what the code is for; what is
 * shown is what is copied.
 */
@NullMarked
package dev.millrace.console.code;

import org.jspecify.annotations.NullMarked;
