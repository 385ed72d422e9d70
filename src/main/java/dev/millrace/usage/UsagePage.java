package dev.millrace.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some usage rows, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record UsagePage(List<UsageRow> rows, @Nullable String next) {}
