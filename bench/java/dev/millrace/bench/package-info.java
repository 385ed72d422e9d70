/**
 * The benchmarks. Each compares ways of doing the same thing in one run, and reports ratios: absolute figures belong to the
 * machine. They are compiled, linted and formatted with the tests, and never run by them.
 */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
