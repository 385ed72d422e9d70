/**
 * What the tests stand on: real databases, a clock set by hand, upstreams that follow a script, checks of the invariants.
 * No mocks. Invariant: nothing here sleeps, and nothing outlives the JVM of the test.
 */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
