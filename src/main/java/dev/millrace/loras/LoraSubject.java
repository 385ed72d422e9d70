package dev.millrace.loras;

import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What its owner says about a LoRA; sealed at rest.
 *
 * @param name what its owner calls it
 * @param kind {@code person}, {@code style} or {@code object}
 */
public record LoraSubject(
        String name,
        String kind,
        @Nullable String gender,
        @Nullable String ethnicity,
        @Nullable String age) {

    byte[] bytes() {
        ObjectNode all = Json.object();
        all.put("name", name)
                .put("kind", kind)
                .put("gender", gender)
                .put("ethnicity", ethnicity)
                .put("age", age);
        return Json.bytes(all);
    }

    static LoraSubject of(byte[] bytes) {
        ObjectNode all = Json.readOwnObject(new String(bytes, StandardCharsets.UTF_8));
        return new LoraSubject(
                all.required("name").asString(),
                all.required("kind").asString(),
                text(all, "gender"),
                text(all, "ethnicity"),
                text(all, "age"));
    }

    private static @Nullable String text(ObjectNode all, String name) {
        return all.required(name).asString(null);
    }

    /** Names nothing: all of it is about a person. */
    @Override
    public String toString() {
        return "LoraSubject[…]";
    }
}
