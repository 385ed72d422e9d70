/**
 * Personas: someone or something learnt from pictures once, to be drawn again by id. A job learns it; its picture sheet is
 * kept until the persona is deleted, whatever retention outputs have. Invariant: a persona belongs to one organization, is
 * learning until its job ends, and then ready or failed for good. May import levels 0 to 3.
 */
@NullMarked
package dev.millrace.personas;

import org.jspecify.annotations.NullMarked;
