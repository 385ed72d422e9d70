package dev.millrace.api.millrace.openapi;

import dev.millrace.json.Json;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI 3.1 document that grows with the routes that are registered, and is the same for every request after. */
public final class OpenApiDocument {
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final int[] EVERY_ROUTE = {500, 503};
    private static final int[] ROUTES_WITH_KEY = {401, 403};

    private final List<Entry> entries = new ArrayList<>();
    private final String version;

    private record Entry(Operation operation, Failures failures) {}

    /** @param version of the program */
    public OpenApiDocument(String version) {
        this.version = version;
    }

    void add(Operation operation, Failures failures) {
        entries.add(new Entry(operation, failures));
    }

    /** The document for clients that see the server under this base URL. */
    public ObjectNode render(String baseUrl) {
        ObjectNode root = Json.object().put("openapi", "3.1.0");
        root.putObject("info")
                .put("title", "Millrace")
                .put("version", version)
                .put(
                        "description",
                        "Language, image, video and music generation behind one door. Amounts are decimal texts in US dollars,"
                                + " times are ISO 8601 in UTC.")
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        root.putArray("servers").addObject().put("url", baseUrl);
        RecordSchemas records = new RecordSchemas();
        ObjectNode paths = root.putObject("paths");
        ObjectNode failures = Json.object();
        for (Entry entry : entries) {
            Operation operation = entry.operation();
            ObjectNode path =
                    paths.get(operation.path()) instanceof ObjectNode begun ? begun : paths.putObject(operation.path());
            path.set(operation.method().toLowerCase(Locale.ROOT), operation(entry, records));
            failures.set(entry.failures().name(), entry.failures().schema().deepCopy());
        }
        ObjectNode components = root.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        records.all().forEach(schemas::set);
        failures.properties().forEach(one -> schemas.set(one.getKey(), one.getValue()));
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "mr_<id>_<secret>");
        return root;
    }

    private static ObjectNode operation(Entry entry, RecordSchemas records) {
        Operation operation = entry.operation();
        ObjectNode node = Json.object().put("operationId", operation.id()).put("summary", operation.summary());
        ArrayNode security = node.putArray("security");
        if (!operation.open()) {
            security.addObject().putArray("key");
            if (!operation.needs().isEmpty()) {
                node.put("x-permission", operation.needs());
            }
        }
        ArrayNode parameters = parameters(operation);
        if (!parameters.isEmpty()) {
            node.set("parameters", parameters);
        }
        Form form = operation.form();
        if (form != null) {
            node.putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject(form.mediaType())
                    .set("schema", form.schema());
        }
        node.set("responses", responses(entry, records));
        return node;
    }

    private static ArrayNode parameters(Operation operation) {
        ArrayNode parameters = Json.array();
        PLACE.matcher(operation.path())
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(name -> parameters
                        .addObject()
                        .put("in", "path")
                        .put("name", name)
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string"));
        operation.parameters().forEach(one -> {
            ObjectNode schema = one.schema().deepCopy();
            String description = schema.remove("description").stringValue();
            parameters
                    .addObject()
                    .put("in", one.in())
                    .put("name", one.name())
                    .put("description", description)
                    .set("schema", schema);
        });
        return parameters;
    }

    private static ObjectNode responses(Entry entry, RecordSchemas records) {
        ObjectNode responses = Json.object();
        entry.operation().answers().forEach((status, shapes) -> {
            ObjectNode answer = responses.putObject(status.toString()).put("description", "As asked.");
            answer.set("content", content(shapes, records));
        });
        entry.operation().failures().forEach(status -> failure(responses, status, entry.failures()));
        for (int status : EVERY_ROUTE) {
            failure(responses, status, entry.failures());
        }
        if (!entry.operation().open()) {
            for (int status : ROUTES_WITH_KEY) {
                failure(responses, status, entry.failures());
            }
        }
        if (entry.operation().form() != null) {
            failure(responses, 400, entry.failures());
            failure(responses, 413, entry.failures());
        } else if (entry.operation().parameters().stream()
                .anyMatch(one -> one.in().equals("query"))) {
            failure(responses, 400, entry.failures());
        }
        return responses;
    }

    /** Several forms of one media type are alternatives. */
    private static ObjectNode content(List<Shape> shapes, RecordSchemas records) {
        ObjectNode content = Json.object();
        for (Shape shape : shapes) {
            Type type = shape.type();
            ObjectNode body = content.withObject("/" + shape.mediaType().replace("/", "~1"));
            if (type == null) {
                continue;
            }
            ObjectNode schema = records.of(type);
            if (body.get("schema") instanceof ObjectNode earlier) {
                ObjectNode either = earlier.has("anyOf") ? earlier : Json.object();
                if (!earlier.has("anyOf")) {
                    either.putArray("anyOf").add(earlier);
                }
                either.withArray("/anyOf").add(schema);
                body.set("schema", either);
            } else {
                body.set("schema", schema);
            }
        }
        return content;
    }

    private static void failure(ObjectNode responses, int status, Failures failures) {
        responses
                .putObject(Integer.toString(status))
                .put("description", "A failure.")
                .putObject("content")
                .putObject(failures.mediaType())
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + failures.name());
    }
}
