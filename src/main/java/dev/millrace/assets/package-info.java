/**
 * Uploads and outputs: files in the data directory, their rows, signed links, retention. Invariant: a row is visible only
 * when its file is whole, and a file without a row is swept away. May import levels 0 to 2.
 */
@NullMarked
package dev.millrace.assets;

import org.jspecify.annotations.NullMarked;
