package dev.millrace.api.apiframe;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document as a server shows it, against which every answer is held. */
final class Described {
    private final ObjectNode document;
    private final Map<String, Schema> schemas = new HashMap<>();

    Described(String url) {
        this.document = (ObjectNode) new Caller(url).get("/v2/openapi.json").json();
    }

    JsonNode document() {
        return document;
    }

    /** The operation that a request belongs to, as the document has it. */
    String operation(String method, String target) {
        String path = target.replaceFirst("\\?.*", "");
        return document.path("paths").propertyNames().stream()
                .filter(pattern -> path.matches(pattern.replaceAll("\\{[A-Za-z]+}", "[^/]*")))
                .filter(pattern -> document.path("paths").path(pattern).has(method.toLowerCase(Locale.ROOT)))
                .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
                .orElse("");
    }

    /** Fails unless the document says of this route that it may answer so. */
    Reply hold(String method, String target, Reply reply) {
        assertThat(reply.header("x-request-id")).isNotEmpty();
        String pattern = operation(method, target);
        if (pattern.isEmpty()) {
            assertThat(reply.status()).as(method + " " + target + " " + reply).isIn(401, 403, 404, 405, 429);
            valid("Error", reply);
            return reply;
        }
        JsonNode answers = document.path("paths")
                .path(pattern)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        String status = String.valueOf(reply.status());
        JsonNode answer = answers.path(answers.has(status) ? status : "default");
        String reference = answer.at("/content/application~1json/schema/$ref").asString("");
        if (reference.isEmpty()) {
            assertThat(reply.bytes()).as(method + " " + target).isEmpty();
        } else {
            valid(reference.substring(reference.lastIndexOf('/') + 1), reply);
        }
        return reply;
    }

    /** The statuses that the document names for an operation. */
    List<String> statuses(String method, String pattern) {
        return List.copyOf(document.path("paths")
                .path(pattern)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .propertyNames());
    }

    private void valid(String schema, Reply reply) {
        assertThat(reply.header("content-type")).isEqualTo("application/json");
        var errors = schemas.computeIfAbsent(schema, this::compile).validate(reply.json());
        assertThat(errors).as(schema + " " + reply).isEmpty();
    }

    private Schema compile(String name) {
        ObjectNode root = Json.object();
        root.put("$ref", "#/components/schemas/" + name);
        ObjectNode all = root.putObject("components").putObject("schemas");
        document.path("components").path("schemas").properties().forEach(one -> {
            if (!one.getKey().endsWith("Request")) {
                all.set(one.getKey(), one.getValue());
            }
        });
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        return SchemaRegistry.withDialect(Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(config))
                .getSchema(root);
    }
}
