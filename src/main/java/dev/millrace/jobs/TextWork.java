package dev.millrace.jobs;

import dev.millrace.json.Json;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.DialogueJson;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a language job asks for beside its parameters.
 *
 * @param maxOutputTokens the most tokens that the answer may have
 */
record TextWork(Dialogue dialogue, long maxOutputTokens, OptionalLong seed) {
    private static final String DIALOGUE = "dialogue";

    void into(ObjectNode sealed) {
        // As a text, so that it nests no deeper here than it did in the request.
        sealed.put(DIALOGUE, Json.text(DialogueJson.write(dialogue)));
        sealed.put("max_output_tokens", maxOutputTokens);
        seed.ifPresent(value -> sealed.put("seed", value));
    }

    static @Nullable TextWork from(ObjectNode sealed) {
        if (!sealed.has(DIALOGUE)) {
            return null;
        }
        JsonNode seed = sealed.get("seed");
        return new TextWork(
                DialogueJson.read(Json.readOwnObject(sealed.required(DIALOGUE).asString())),
                sealed.required("max_output_tokens").asLong(),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed.asLong()));
    }
}
