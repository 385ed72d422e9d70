package dev.millrace.api.apiframe;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code GET /v2/openapi.json}: the dialect as an OpenAPI 3.1 document, made from its routes, its schemas and the catalogue of
 * the moment.
 */
final class OpenApi {
    private static final Pattern IN_PATH = Pattern.compile("\\{([A-Za-z]+)}");
    private static final String SCHEMAS = "#/components/schemas/";

    private final List<Endpoint> endpoints;
    private final Catalog catalog;
    private volatile @Nullable Made made;

    OpenApi(List<Endpoint> endpoints, Catalog catalog) {
        this.endpoints = List.copyOf(endpoints);
        this.catalog = catalog;
    }

    /** The document for one state of the catalogue. */
    private record Made(List<Model> models, byte[] document) {}

    /** The document, made anew. */
    ObjectNode tree() {
        return document();
    }

    Response get(Request request) {
        List<Model> models = catalog.all();
        Made last = made;
        if (last == null || !same(last.models(), models)) {
            last = new Made(models, Json.bytes(document()));
            made = last;
        }
        return Response.bytes(200, "application/json", last.document());
    }

    /** Identity will do: the catalogue makes new models whenever it is read again. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(List<Model> before, List<Model> now) {
        if (before.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (before.get(i) != now.get(i)) {
                return false;
            }
        }
        return true;
    }

    private ObjectNode document() {
        ObjectNode document = Json.object();
        document.put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Millrace, in the dialect of Apiframe v2")
                .put("version", "2.0.0")
                .put("description", "Images, videos and music as jobs: submit, poll or be told, fetch the result.");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray("ApiKey");
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            ObjectNode path = paths.withObjectProperty(endpoint.path());
            path.set(endpoint.method().toLowerCase(java.util.Locale.ROOT), operation(endpoint));
        }
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject("ApiKey")
                .put("type", "apiKey")
                .put("in", "header")
                .put("name", "X-API-Key");
        ObjectNode schemas = Schemas.all();
        for (Operation operation : Operation.values()) {
            schemas.set(Variants.name(operation), Variants.of(operation, catalog));
        }
        alternatives(schemas, "MidjourneyActionRequest", "Midjourney");
        alternatives(schemas, "SunoActionRequest", "Suno");
        components.set("schemas", schemas);
        return document;
    }

    private static void alternatives(ObjectNode schemas, String name, String prefix) {
        ArrayNode forms = Json.array();
        List.copyOf(schemas.propertyNames()).stream()
                .filter(schema -> schema.startsWith(prefix))
                .forEach(schema -> forms.addObject().put("$ref", SCHEMAS + schema));
        schemas.putObject(name).set("oneOf", forms);
    }

    private static ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation = Json.object();
        operation.putArray("tags").add(endpoint.tag());
        operation.put("summary", endpoint.summary());
        if (endpoint.open()) {
            operation.putArray("security");
        }
        parameters(endpoint, operation.putArray("parameters"));
        Endpoint.Payload body = endpoint.body();
        if (body != null) {
            ObjectNode request = operation.putObject("requestBody").put("required", true);
            request.putObject("content")
                    .putObject(body.mediaType())
                    .putObject("schema")
                    .put("$ref", SCHEMAS + body.schema());
        }
        ObjectNode responses = operation.putObject("responses");
        answer(responses, String.valueOf(endpoint.success()), endpoint.summary(), endpoint.answer());
        endpoint.refusals().forEach(status -> answer(responses, status.toString(), reason(status), refusal(status)));
        answer(responses, "default", "Any other failure.", "Error");
        return operation;
    }

    private static void parameters(Endpoint endpoint, ArrayNode parameters) {
        IN_PATH.matcher(endpoint.path())
                .results()
                .map((MatchResult found) -> found.group(1))
                .forEach(name -> parameter(parameters, name, "path", true, "{\"type\": \"string\"}"));
        endpoint.query().forEach(one -> parameter(parameters, one.name(), "query", false, one.schema()));
        if (endpoint.success() == 202) {
            parameter(
                    parameters,
                    IdempotencyKey.HEADER,
                    "header",
                    false,
                    "{\"type\": \"string\", \"minLength\": 1, \"maxLength\": 255}");
        }
    }

    private static void parameter(ArrayNode parameters, String name, String in, boolean required, String schema) {
        parameters
                .addObject()
                .put("name", name)
                .put("in", in)
                .put("required", required)
                .set("schema", Json.readOwn(schema));
    }

    private static void answer(ObjectNode responses, String status, String description, @Nullable String schema) {
        ObjectNode answer = responses.putObject(status).put("description", description);
        if (schema != null) {
            answer.putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("$ref", SCHEMAS + schema);
        }
    }

    private static String refusal(int status) {
        return switch (status) {
            case 400 -> "ValidationError";
            case 402 -> "InsufficientCredits";
            default -> "Error";
        };
    }

    private static String reason(int status) {
        return switch (status) {
            case 400 -> "The request is not valid; nothing was created or charged.";
            case 401 -> "The key is missing or not known.";
            case 402 -> "The credits do not cover it.";
            case 403 -> "The key is inactive, or may not do this.";
            case 404 -> "There is no such thing, or it belongs to another team.";
            case 409 ->
                "It can not be done as things are: the parent job, or the idempotency key, is for something else.";
            case 429 -> "Too many requests or jobs; Retry-After says when to come back.";
            case 502 -> "A file could not be fetched, stored or read.";
            default -> "A part of the service is down; try again later.";
        };
    }
}
