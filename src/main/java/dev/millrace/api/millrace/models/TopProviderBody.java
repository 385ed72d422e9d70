package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import org.jspecify.annotations.Nullable;

/** The limits of the upstream that is tried first, in OpenRouter's words. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TopProviderBody(
        @Nullable Long context_length, @Nullable Long max_completion_tokens, boolean is_moderated) {
    public static TopProviderBody of(Model model) {
        TextLimits text = model.text().orElse(null);
        return new TopProviderBody(
                text == null ? null : text.contextTokens(),
                text == null ? null : text.maxOutputTokens(),
                !model.moderation().equals("off"));
    }
}
