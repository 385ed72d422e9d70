/**
 * Sessions of people who are signed in, and whoever a request comes from, be it a key or a person. Invariant: the text of a session
 * exists nowhere after it was handed out; what is stored is its SHA-256. A session that has ended is refused at once, on every node.
 */
@NullMarked
package dev.millrace.access.sessions;

import org.jspecify.annotations.NullMarked;
