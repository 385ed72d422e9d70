package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model in OpenRouter's shape (contract B3), in which what is unknown is stated as null. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record OpenRouterModelBody(
        String id,
        String canonical_slug,
        String name,
        long created,
        String description,
        @Nullable Long context_length,
        ArchitectureBody architecture,
        PricingBody pricing,
        TopProviderBody top_provider,
        @Nullable Map<String, BigDecimal> per_request_limits,
        @Nullable Map<String, BigDecimal> default_parameters,
        List<String> supported_parameters,
        @Nullable List<String> supported_voices,
        @Nullable String expiration_date,
        LinksBody links) {
    /** Where the upstreams of the model are. */
    public record LinksBody(String details) {}

    public static OpenRouterModelBody of(Model model) {
        return new OpenRouterModelBody(
                model.id(),
                model.id(),
                model.title(),
                ModelBody.created(model),
                model.description(),
                model.text().map(TextLimits::contextTokens).orElse(null),
                ArchitectureBody.of(model),
                PricingBody.of(model.prices()),
                TopProviderBody.of(model),
                null,
                null,
                Supported.parameters(model),
                null,
                null,
                new LinksBody("/api/v1/models/" + model.id() + "/endpoints"));
    }
}
