package dev.millrace.payments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some payments of an organization, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record TopUpPage(List<TopUp> topUps, @Nullable String next) {}
