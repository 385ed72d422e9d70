package dev.millrace.catalog;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Checks JSON Schemas (draft 2020-12) that customers hand in, as those of tools. They are passed on to upstreams, and never run
 * against anything here: a pattern of a stranger's can cost any time.
 */
public final class CustomerSchema {
    private static final int BYTES_MAX = 65_536;
    private static final String REFERENCE = "$ref";
    private static final String META = "https://json-schema.org/draft/2020-12/schema";

    private CustomerSchema() {}

    /**
     * Checks the schema of a function's arguments, which must be an object's.
     *
     * @param path where it stands in the request
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} with the path of what is wrong
     */
    public static void checkArguments(ObjectNode schema, String path) {
        check(schema, path);
        if (!schema.path("type").asString("").equals("object")) {
            throw wrong(path + ".type", "enum", "must be object: arguments are named.");
        }
    }

    /** Checks any schema, as {@link #checkArguments}. */
    public static void check(ObjectNode schema, String path) {
        if (Json.text(schema).getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw wrong(path, "maxLength", "must be at most " + BYTES_MAX + " bytes of JSON.");
        }
        List<Error> errors = Meta.SCHEMA.validate(schema);
        if (!errors.isEmpty()) {
            Error first = errors.getFirst();
            String inside = first.getInstanceLocation().toString().replace('/', '.');
            throw wrong(path + inside, "schema", "is no JSON Schema (draft 2020-12): " + first.getMessage() + ".");
        }
        references(schema, schema, path);
    }

    private static void references(ObjectNode root, JsonNode node, String path) {
        if (node.path(REFERENCE).isString()) {
            follow(root, node, path + "." + REFERENCE);
        }
        if (node.isObject()) {
            node.properties().forEach(entry -> references(root, entry.getValue(), path + "." + entry.getKey()));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                references(root, node.get(i), path + "." + i);
            }
        }
    }

    /** References are followed within the schema alone, and must come to something that is no reference. */
    private static void follow(ObjectNode root, JsonNode from, String path) {
        Set<String> seen = new HashSet<>();
        JsonNode node = from;
        while (node.path(REFERENCE).isString()) {
            String reference = node.path(REFERENCE).asString();
            if (!reference.equals("#") && !reference.startsWith("#/")) {
                throw wrong(path, "format", "must begin with #/: nothing outside the schema is read.");
            }
            if (!seen.add(reference)) {
                throw wrong(path, "cycle", "leads back to itself.");
            }
            node = reference.equals("#") ? root : root.at(pointer(reference));
            if (node.isMissingNode()) {
                throw wrong(path, "enum", "refers to nothing in the schema.");
            }
        }
    }

    private static String pointer(String reference) {
        return reference.substring(1).replace("%25", "%");
    }

    private static RuntimeException wrong(String path, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, rule, message))
                .toException();
    }

    /** The schema of schemas, compiled when the first tool comes. */
    private static final class Meta {
        static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of(META));
    }
}
