/**
 * Who may call: organizations, their API keys, and the {@link dev.millrace.access.Principal} that a key stands for.
 * Invariant: the text of a key exists nowhere after it was shown once; what is stored is its SHA-256. A revoked key is
 * refused at once on the node that revoked it, and within a second on every other. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.access;

import org.jspecify.annotations.NullMarked;
