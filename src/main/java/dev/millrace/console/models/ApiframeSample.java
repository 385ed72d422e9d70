package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.json.Json;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a model is called in Apiframe's dialect: its facts in the catalogue say where, and what its block is called. */
record ApiframeSample(String path, ObjectNode body) {
    private static final String PROMPT = "prompt";

    /** Empty where that dialect does not reach the model, or reaches it by an action on another job. */
    static Optional<ApiframeSample> of(Model model) {
        Map<String, String> facts = model.dialect("apiframe");
        String operation = facts.getOrDefault("operation", facts.isEmpty() ? usual(model) : "");
        if (operation.isEmpty() || operation.endsWith("action") || operation.equals("loras")) {
            return Optional.empty();
        }
        ObjectNode parameters = SampleValues.of(model);
        ObjectNode body = Json.object().put("model", model.id());
        String block = facts.get("params");
        if (block == null) {
            body.setAll(parameters);
        } else {
            JsonNode prompt = parameters.get(PROMPT);
            if (prompt != null && (operation.endsWith("generate") || operation.equals("videos/edit"))) {
                body.set(PROMPT, prompt);
                parameters.remove(PROMPT);
            }
            if (!parameters.isEmpty()) {
                body.set(block, parameters);
            }
        }
        return Optional.of(new ApiframeSample("/v2/" + operation, body));
    }

    private static String usual(Model model) {
        return switch (model.modality()) {
            case IMAGE -> "images/generate";
            case VIDEO -> "videos/generate";
            case MUSIC, SPEECH -> "music/generate";
            case LANGUAGE, TRANSCRIPTION -> "";
        };
    }
}
