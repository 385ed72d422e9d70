/**
 * Where everything comes together: the command line, the wiring by plain constructors, the order of start and shutdown.
 * Invariant: what a room needs is handed to it here, and nothing else knows more than one level down. A fault of the
 * operator's (a bad setting, a taken port) is one clear line and exit code 2. May import every room.
 */
@NullMarked
package dev.millrace.app;

import org.jspecify.annotations.NullMarked;
