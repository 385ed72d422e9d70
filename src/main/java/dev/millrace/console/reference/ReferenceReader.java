package dev.millrace.console.reference;

import dev.millrace.console.code.Sample;
import dev.millrace.console.reference.Reference.Answer;
import dev.millrace.console.reference.Reference.Entry;
import dev.millrace.console.reference.Reference.Group;
import dev.millrace.console.schema.ParameterRow;
import dev.millrace.console.schema.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads an OpenAPI document into what a page shows. */
final class ReferenceReader {
    private static final int DEPTH = 2;
    private static final String GENERAL = "General";

    private final Document document;
    private final ObjectNode root;
    private final String base;
    private final ExampleBody examples;

    ReferenceReader(Document document, ObjectNode root, String base) {
        this.document = document;
        this.root = root;
        this.base = base;
        this.examples = new ExampleBody(root);
    }

    Reference read(List<Document> tabs) {
        Map<String, List<Entry>> groups = new LinkedHashMap<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> groups.computeIfAbsent(group(path.getKey()), name -> new ArrayList<>())
                                .add(entry(operation.getKey(), path.getKey(), operation.getValue()))));
        return new Reference(
                document,
                tabs,
                root.path("info").path("description").asString(""),
                root.path("info").path("version").asString(""),
                base,
                keyHeader() + ": " + keyForm(),
                groups.entrySet().stream()
                        .map(group -> new Group(
                                group.getKey().toLowerCase(Locale.ROOT).replace(' ', '-'),
                                group.getKey(),
                                group.getValue()))
                        .toList());
    }

    /** The name of what the path is about: its first segment behind the prefix. */
    private String group(String path) {
        if (!path.startsWith(document.prefix())) {
            return GENERAL;
        }
        String first =
                path.substring(document.prefix().length()).split("/", 2)[0].split("\\.", 2)[0];
        String words = first.replace('_', ' ').replace('-', ' ');
        return words.isEmpty() || words.startsWith("{") || words.equals("openapi")
                ? GENERAL
                : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private Entry entry(String method, String path, JsonNode operation) {
        JsonNode content = operation.path("requestBody").path("content");
        String bodyType =
                content.isEmpty() ? "" : content.propertyNames().iterator().next();
        JsonNode body = content.path(bodyType).path("schema");
        List<Answer> answers = new ArrayList<>();
        List<Answer> failures = new ArrayList<>();
        operation
                .path("responses")
                .properties()
                .forEach(entry -> (entry.getKey().startsWith("2") ? answers : failures)
                        .addAll(answer(entry.getKey(), entry.getValue())));
        boolean open = operation.path("security").isArray()
                && operation.path("security").isEmpty();
        return new Entry(
                operation.path("operationId").asString((method + path).replaceAll("[^A-Za-z0-9]+", "-")),
                method.toUpperCase(Locale.ROOT),
                path,
                operation.path("summary").asString(operation.path("description").asString("")),
                open,
                parameters(operation),
                bodyType,
                Parameters.of(root, body, DEPTH),
                resolved(body).path("additionalProperties").asBoolean(false),
                answers,
                failures.stream()
                        .sorted(java.util.Comparator.comparing(Answer::status))
                        .toList(),
                Sample.of("call", "curl", call(method, path, bodyType, body, open)));
    }

    private List<ParameterRow> parameters(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .map(one -> {
                    ParameterRow row = Parameters.one(
                            root,
                            one.path("name").asString(),
                            one.path("schema"),
                            one.path("required").asBoolean(false),
                            one.path("description").asString(""));
                    return row.in(one.path("in").asString());
                })
                .toList();
    }

    private List<Answer> answer(String status, JsonNode response) {
        String meaning = response.path("description").asString("");
        List<Answer> answers = new ArrayList<>();
        response.path("content").properties().forEach(content -> {
            JsonNode schema = content.getValue().path("schema");
            boolean json = content.getKey().contains("json") && !schema.isEmpty();
            answers.add(new Answer(
                    status,
                    meaning,
                    content.getKey(),
                    json ? Parameters.name(root, schema) : "",
                    json ? Parameters.of(root, schema, DEPTH) : List.of(),
                    Sample.of("example", "Example", json ? examples.text(schema) : "")));
        });
        if (answers.isEmpty()) {
            answers.add(new Answer(status, meaning, "", "", List.of(), Sample.of("example", "Example", "")));
        }
        return answers;
    }

    private String call(String method, String path, String bodyType, JsonNode body, boolean open) {
        StringBuilder call = new StringBuilder("curl ");
        if (!method.equals("get") && !(method.equals("post") && !bodyType.isEmpty())) {
            call.append("-X ").append(method.toUpperCase(Locale.ROOT)).append(' ');
        }
        call.append(base).append(path.replaceAll("\\{(\\w+)}", "{$1}"));
        if (!open) {
            call.append(" \\\n  -H \"")
                    .append(keyHeader())
                    .append(": ")
                    .append(keyForm())
                    .append('"');
        }
        if (bodyType.contains("json")) {
            call.append(" \\\n  -H \"Content-Type: application/json\" \\\n  -d '")
                    .append(examples.required(body).replace("'", "'\\''"))
                    .append('\'');
        } else if (bodyType.startsWith("multipart/")) {
            call.append(" \\\n  -F file=@picture.png");
        } else if (!bodyType.isEmpty()) {
            call.append(" \\\n  --data-binary @picture.png");
        }
        return call.toString();
    }

    private String keyHeader() {
        return scheme().path("name").asString("Authorization");
    }

    private String keyForm() {
        return scheme().path("type").asString("").equals("apiKey") ? "$MILLRACE_KEY" : "Bearer $MILLRACE_KEY";
    }

    private JsonNode scheme() {
        return root.path("components")
                .path("securitySchemes")
                .valueStream()
                .findFirst()
                .orElse(root.path("nothing"));
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.startsWith("#/") ? root.at(reference.substring(1)) : schema;
    }
}
