package dev.millrace.api.apiframe;

import dev.millrace.catalog.InputSchema;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of this dialect's own bodies: what checks requests is what the OpenAPI document shows. */
final class Schemas {
    private static final String FILE = "/api/apiframe-schemas.json";
    private static final ObjectNode ALL = Json.readOwnObject(read());
    private static final Map<String, InputSchema> COMPILED = new ConcurrentHashMap<>();

    private Schemas() {}

    /** Every schema by its name; a copy. */
    static ObjectNode all() {
        return ALL.deepCopy();
    }

    /**
     * The body with its defaults, when it keeps the schema of that name.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with one error for each field that is wrong
     */
    static ObjectNode checked(String name, ObjectNode body) {
        InputSchema schema = COMPILED.computeIfAbsent(
                name, wanted -> InputSchema.of((ObjectNode) ALL.required(wanted).deepCopy()));
        return schema.checked(body, UnknownFields.REJECT);
    }

    private static String read() {
        try (InputStream in = Schemas.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not packaged");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
