package dev.millrace.api.millrace.openrouter;

import dev.millrace.api.millrace.models.ArchitectureBody;
import dev.millrace.api.millrace.models.OpenRouterModelBody;
import dev.millrace.api.millrace.models.PricingBody;
import dev.millrace.api.millrace.models.Supported;
import dev.millrace.catalog.Deployment;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The upstreams that serve one model; figures that nobody measures here are null. */
record EndpointsBody(
        String id,
        String name,
        long created,
        String description,
        ArchitectureBody architecture,
        List<EndpointBody> endpoints) {
    /** One upstream; {@code context_length} is 0 for a model that has no tokens. */
    record EndpointBody(
            String name,
            String model_id,
            String model_name,
            long context_length,
            PricingBody pricing,
            String provider_name,
            String tag,
            @Nullable String quantization,
            @Nullable Long max_completion_tokens,
            @Nullable Long max_prompt_tokens,
            List<String> supported_parameters,
            int status,
            boolean supports_implicit_caching,
            ToolChoiceBody supports_tool_choice,
            boolean supports_voice_cloning,
            @Nullable StatsBody latency_last_30m,
            @Nullable StatsBody throughput_last_30m,
            @Nullable BigDecimal uptime_last_1d,
            @Nullable BigDecimal uptime_last_30m,
            @Nullable BigDecimal uptime_last_5m) {}

    /** Which ways to choose a tool are taken. */
    record ToolChoiceBody(boolean auto, boolean function, boolean none, boolean required) {
        static ToolChoiceBody of(Model model) {
            boolean tools = model.capabilities().contains("tools");
            return new ToolChoiceBody(tools, tools, tools, tools);
        }
    }

    /** Percentiles. */
    record StatsBody(BigDecimal p50, BigDecimal p75, BigDecimal p90, BigDecimal p99) {}

    static EndpointsBody of(Model model) {
        OpenRouterModelBody shown = OpenRouterModelBody.of(model);
        return new EndpointsBody(
                model.id(),
                model.title(),
                shown.created(),
                model.description(),
                shown.architecture(),
                model.deployments().stream()
                        .map(deployment -> endpoint(model, deployment, shown.pricing()))
                        .toList());
    }

    private static EndpointBody endpoint(Model model, Deployment deployment, PricingBody pricing) {
        TextLimits text = model.text().orElse(null);
        return new EndpointBody(
                deployment.provider() + " | " + model.id(),
                model.id(),
                model.title(),
                text == null ? 0 : text.contextTokens(),
                pricing,
                deployment.provider(),
                deployment.provider(),
                null,
                text == null ? null : text.maxOutputTokens(),
                text == null ? null : text.contextTokens(),
                Supported.parameters(model),
                0,
                false,
                ToolChoiceBody.of(model),
                false,
                null,
                null,
                null,
                null,
                null);
    }
}
