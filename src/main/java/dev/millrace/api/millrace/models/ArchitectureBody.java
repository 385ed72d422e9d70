package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What goes into a model and what comes out, in OpenRouter's words. */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ArchitectureBody(
        List<String> input_modalities,
        List<String> output_modalities,
        String modality,
        String tokenizer,
        @Nullable String instruct_type) {
    private static final Map<String, String> MEDIA =
            Map.of("image", "image", "mask", "image", "frame", "image", "video", "video", "audio", "audio");

    public static ArchitectureBody of(Model model) {
        Set<String> inputs = new LinkedHashSet<>();
        if (model.modality() == Modality.LANGUAGE || model.input().roles().containsKey("prompt")) {
            inputs.add("text");
        }
        JsonNode properties = model.inputSchema().path("properties");
        model.input().names().stream()
                .filter(name -> isLink(properties.path(name)))
                .forEach(name -> MEDIA.forEach((word, kind) -> {
                    if (name.contains(word)) {
                        inputs.add(kind);
                    }
                }));
        if (inputs.isEmpty()) {
            inputs.add("text");
        }
        List<String> outputs = new ArrayList<>(List.of(output(model.modality())));
        return new ArchitectureBody(
                List.copyOf(inputs),
                outputs,
                String.join("+", inputs) + "->" + String.join("+", outputs),
                model.modality() == Modality.LANGUAGE ? "Other" : "Media",
                null);
    }

    private static boolean isLink(JsonNode schema) {
        return schema.path("format").asString("").equals("uri")
                || schema.path("items").path("format").asString("").equals("uri")
                || schema.path("x-role").asString("").matches("(end_)?image|images|mask|reference_images|video|audio");
    }

    static String output(Modality modality) {
        return switch (modality) {
            case LANGUAGE -> "text";
            case IMAGE -> "image";
            case VIDEO -> "video";
            case MUSIC -> "audio";
            case SPEECH -> "speech";
            case TRANSCRIPTION -> "transcription";
        };
    }
}
