package dev.millrace.api.millrace.models;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some models in OpenRouter's envelope; {@code links.next} is null on the last page. */
public record ModelPageBody(List<OpenRouterModelBody> data, LinksBody links, int total_count) {
    /** Where the next page is. */
    public record LinksBody(@Nullable String next) {}
}
