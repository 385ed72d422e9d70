/**
 * The packaged program, killed at every durable step and started again upon what it left. The kill points are those of
 * {@link dev.millrace.jobs.Checkpoint}.
 */
@NullMarked
package dev.millrace.kill;

import org.jspecify.annotations.NullMarked;
