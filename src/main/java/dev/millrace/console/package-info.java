/**
 * The web console: pages for people, rendered on the server from templates that the build compiles. Invariant: a page needs
 * nothing from anywhere else, no script or style stands inside it, and what users wrote is escaped. May import the rooms of level
 * six and below; what other rooms of its level know (documents, sessions) is handed in by app.
 */
@NullMarked
package dev.millrace.console;

import org.jspecify.annotations.NullMarked;
