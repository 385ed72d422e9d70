/**
 * The door for upstreams: where they call back about jobs. Invariant: an address that is none of ours is answered as one whose job
 * does not exist, before a byte of the body is read; what is wrong is answered with 4xx and changes nothing. May import levels 0 to
 * 6.
 */
@NullMarked
package dev.millrace.api.callbacks;

import org.jspecify.annotations.NullMarked;
