/**
 * The models that can be asked for: their parameters, prices, units and deployments, read from YAML files. Invariant: what
 * is served is one consistent snapshot; a file with a mistake never replaces a good one, and every price that was ever
 * served can be looked up by its version. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.catalog;

import org.jspecify.annotations.NullMarked;
