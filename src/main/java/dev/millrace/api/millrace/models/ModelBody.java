package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One model of the catalogue; what is empty is left out. {@code created} is when its prices were stated. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ModelBody(
        String id,
        String object,
        long created,
        String owned_by,
        String name,
        String type,
        String description,
        List<String> aliases,
        List<String> operations,
        String status,
        PricingBody pricing,
        RequirementsBody requirements,
        CapabilitiesBody provider_capabilities,
        String canonical_slug,
        @Nullable Long context_length,
        ArchitectureBody architecture,
        List<String> supported_parameters,
        TopProviderBody top_provider,
        long typical_seconds,
        List<ObjectNode> parameters) {

    /** What a request must and may state, as a JSON Schema, and how long it may take. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record RequirementsBody(
            ObjectNode input_schema,
            @Nullable Long context_tokens,
            @Nullable Long max_output_tokens,
            long timeout_seconds,
            long retention_seconds) {}

    /** What its upstreams can do. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record CapabilitiesBody(List<String> features, boolean asynchronous, String moderation) {}

    /**
     * A model as a list shows it.
     *
     * @param typical how long one request usually takes
     */
    static ModelBody of(Model model, Duration typical) {
        return of(model, typical, List.of());
    }

    /** A model with everything that a page about it shows. */
    static ModelBody page(Model model, Duration typical) {
        return of(model, typical, ModelParameters.of(model));
    }

    private static ModelBody of(Model model, Duration typical, List<ObjectNode> parameters) {
        TextLimits text = model.text().orElse(null);
        Long context = text == null ? null : text.contextTokens();
        return new ModelBody(
                model.id(),
                "model",
                created(model),
                model.ownedBy(),
                model.title(),
                model.modality().wire(),
                model.description(),
                model.aliases(),
                model.operations(),
                model.status().name().toLowerCase(Locale.ROOT),
                PricingBody.of(model.prices()),
                new RequirementsBody(
                        model.inputSchema(),
                        context,
                        text == null ? null : text.maxOutputTokens(),
                        model.timeout().toSeconds(),
                        model.retention().toSeconds()),
                new CapabilitiesBody(model.capabilities(), model.modality().alwaysJob(), model.moderation()),
                model.id(),
                context,
                ArchitectureBody.of(model),
                Supported.parameters(model),
                TopProviderBody.of(model),
                Math.max(1, typical.toSeconds()),
                parameters);
    }

    /** Seconds since the epoch; a catalogue knows no other date of a model than that of its prices. */
    static long created(Model model) {
        return LocalDate.parse(model.prices().body().path("date").asString())
                .atStartOfDay(ZoneOffset.UTC)
                .toEpochSecond();
    }
}
