package dev.millrace.api.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.millrace.json.Json;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.Caller.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of a running server, and which of its answers were seen. Objects are closed for the check, so that a member
 * that is answered and not documented is found too.
 */
final class WrittenContract {
    private final ObjectNode document;
    private final Map<String, String> operations = new HashMap<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    WrittenContract(Caller anyone) {
        document = (ObjectNode) anyone.get("/api/v1/openapi.json").json();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.put(
                                method.getValue().path("operationId").asString(),
                                pointer(path.getKey(), method.getKey()))));
        document.path("components").path("schemas").values().forEach(WrittenContract::close);
    }

    ObjectNode document() {
        return document;
    }

    Set<String> operations() {
        return operations.keySet();
    }

    JsonNode operation(String id) {
        String pointer = operations.get(id);
        assertThat(pointer).as("no operation is called " + id).isNotNull();
        return document.at(pointer);
    }

    /** The method and the path of an operation. */
    String[] route(String id) {
        String[] parts = operations.get(id).split("/", -1);
        return new String[] {
            parts[3].toUpperCase(java.util.Locale.ROOT),
            parts[2].replace("~1", "/").replace("~0", "~")
        };
    }

    /** The answer is one that the document knows of, in its form. */
    Reply check(String id, Reply reply) {
        String place = operations.get(id) + "/responses/" + reply.status();
        JsonNode response = document.at(place);
        assertThat(response.isMissingNode())
                .as(id + " answers an undocumented status: " + reply)
                .isFalse();
        assertThat(reply.header("X-Request-Id")).as(id).isNotEmpty();
        String type = reply.header("Content-Type").replaceAll(";.*", "");
        JsonNode content = response.path("content");
        JsonNode body = content.has(type) ? content.path(type) : content.path("*/*");
        assertThat(body.isMissingNode())
                .as(id + " " + reply.status() + " answers " + type + ", documented is " + content.propertyNames())
                .isFalse();
        if (body.has("schema")) {
            List<Error> errors = schema(place + "/" + type, body.path("schema")).validate(reply.json());
            assertThat(errors)
                    .as(id + " answers what is not documented: " + reply)
                    .isEmpty();
        }
        seen.add(id + " " + reply.status());
        return reply;
    }

    /** Documented answers, but for bugs and outages, that were never seen. */
    Set<String> unseen() {
        Set<String> missing = new TreeSet<>();
        for (String id : operations.keySet()) {
            operation(id).path("responses").propertyNames().forEach(status -> {
                if (!status.equals("500") && !status.equals("503") && !seen.contains(id + " " + status)) {
                    missing.add(id + " " + status);
                }
            });
        }
        return missing;
    }

    Set<String> seen() {
        return seen;
    }

    private Schema schema(String place, JsonNode stated) {
        return schemas.computeIfAbsent(place, unseen -> {
            ObjectNode whole = ((ObjectNode) stated).deepCopy();
            whole.set("components", document.path("components"));
            return SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(whole);
        });
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.has("properties") && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            object.values().forEach(WrittenContract::close);
        } else if (schema instanceof ArrayNode array) {
            array.forEach(WrittenContract::close);
        }
    }

    private static String pointer(String path, String method) {
        return "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + method;
    }

    /** A copy of a body under construction. */
    static ObjectNode body(String json) {
        return Json.readOwnObject(json);
    }
}
