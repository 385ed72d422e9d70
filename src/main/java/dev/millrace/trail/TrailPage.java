package dev.millrace.trail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some lines of the audit log, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record TrailPage(List<TrailLine> lines, @Nullable String next) {}
