package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One model of the catalogue; what is empty is left out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ModelBody(
        String id,
        String object,
        String owned_by,
        String name,
        String type,
        String description,
        List<String> aliases,
        List<String> operations,
        String status,
        PricingBody pricing,
        RequirementsBody requirements,
        CapabilitiesBody provider_capabilities) {

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
    record CapabilitiesBody(List<String> features, boolean asynchronous) {}

    static ModelBody of(Model model) {
        TextLimits text = model.text().orElse(null);
        return new ModelBody(
                model.id(),
                "model",
                model.ownedBy(),
                model.title(),
                model.modality().wire(),
                model.description(),
                model.aliases(),
                model.operations(),
                model.status().name().toLowerCase(java.util.Locale.ROOT),
                PricingBody.of(model.prices()),
                new RequirementsBody(
                        model.inputSchema(),
                        text == null ? null : text.contextTokens(),
                        text == null ? null : text.maxOutputTokens(),
                        model.timeout().toSeconds(),
                        model.retention().toSeconds()),
                new CapabilitiesBody(model.capabilities(), model.modality().alwaysJob()));
    }
}
