/**
 * Which upstream a request goes to, and which one next. Invariant: a request of a test key reaches the sandbox and nothing
 * else. May import levels 0 to 3.
 */
@NullMarked
package dev.millrace.routing;

import org.jspecify.annotations.NullMarked;
