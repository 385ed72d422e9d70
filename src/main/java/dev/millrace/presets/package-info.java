/**
 * Presets: named choices for a parameter of a model, such as the styles of a portrait or the moves of a camera. Dialects
 * list them, the sandbox draws them. Invariant: the lists are read once, from files in the package, and an id is in one
 * list only. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.presets;

import org.jspecify.annotations.NullMarked;
