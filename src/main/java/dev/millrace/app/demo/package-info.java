/**
 * The demonstration: an image, a video, a track and a chat through a server's public HTTP API, as any client would run
 * them, then the statement. Invariant: it knows no room behind that API, so what it shows is what a customer gets. May
 * import levels 0 to 2.
 */
@NullMarked
package dev.millrace.app.demo;

import org.jspecify.annotations.NullMarked;
