package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code GET /models} (contract 1.6). */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelBody(
        String slug,
        String title,
        String description,
        String output_type,
        List<String> operation_type,
        @Nullable ObjectNode input_schema) {

    /** A page of the list. */
    record PageBody(List<ModelBody> items) {}

    static ModelBody of(Model model, boolean withSchema) {
        return new ModelBody(
                model.id(),
                model.title(),
                model.description(),
                outputType(model.modality()),
                model.operations(),
                withSchema ? model.inputSchema() : null);
    }

    static String outputType(Modality modality) {
        return switch (modality) {
            case LANGUAGE, TRANSCRIPTION -> "text";
            case IMAGE -> "image";
            case VIDEO -> "video";
            case MUSIC, SPEECH -> "audio";
        };
    }
}
