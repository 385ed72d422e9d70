package dev.millrace.api.openai;

import dev.millrace.catalog.Given;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.Translation;
import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** All that one request asks of its model, and how it is written in that model's own parameters (B11). */
final class Wishes {
    private static final String AUTO = "auto";

    /** How strictly OpenAI moderates: where a model has no word for it, the installation's policy alone decides. */
    private static final String MODERATION = "moderation";

    private final List<Wish> wishes = new ArrayList<>();

    /** Takes the fields of a body: those of {@code roles} by what they mean, others under their own name. */
    static Wishes of(Form form, Map<String, String> roles, Set<String> notForTheModel) {
        Wishes wishes = new Wishes();
        form.fields().properties().forEach(field -> {
            if (!notForTheModel.contains(field.getKey()) && !field.getValue().isNull()) {
                wishes.wishes.add(new Wish(field.getKey(), roles.get(field.getKey()), field.getValue()));
            }
        });
        return wishes;
    }

    Wishes add(String field, String role, JsonNode value) {
        wishes.add(new Wish(field, role, value));
        return this;
    }

    Wishes add(String field, String role, String value) {
        return add(field, role, JsonNodeFactory.instance.stringNode(value));
    }

    /**
     * The model's parameters.
     *
     * @param texts whether every value came as a text
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the client's field and what the model takes
     */
    ObjectNode parameters(Model model, boolean texts) {
        ObjectNode schema = model.inputSchema();
        ObjectNode parameters = Json.object();
        List<Given> given = new ArrayList<>();
        for (Wish wish : wishes) {
            JsonNode property = schema.path("properties").path(wish.field());
            String role = wish.role();
            if (property.isObject() && !property.path("x-role").asString("").endsWith("image")) {
                own(parameters, property, wish, texts);
            } else if (role != null) {
                given.add(new Given(role, wish.field(), wish.value()));
            } else if (wish.field().equals("sandbox")) {
                parameters.set(wish.field(), instructions(wish.value()));
            } else if (!wish.field().equals(MODERATION)
                    && !wish.value().asString("").equals(AUTO)) {
                throw unknown(model, wish.field());
            }
        }
        Translation.into(model, given).properties().forEach(entry -> parameters.set(entry.getKey(), entry.getValue()));
        return parameters;
    }

    /** The model's own field; "auto" leaves the choice to a model that has no such word for it. */
    private static void own(ObjectNode parameters, JsonNode property, Wish wish, boolean texts) {
        boolean listed = property.path("enum")
                .valueStream()
                .anyMatch(one -> one.asString("").equals(AUTO));
        if (listed || !wish.value().asString("").equals(AUTO)) {
            parameters.set(wish.field(), texts ? Form.typed(property, wish.value()) : wish.value());
        }
    }

    /** An object can not be sent as a part: there it is a text. */
    private static JsonNode instructions(JsonNode value) {
        return value.isString() ? Json.parse(value.stringValue().getBytes(StandardCharsets.UTF_8)) : value;
    }

    private static RuntimeException unknown(Model model, String field) {
        String shown = field.length() <= 60 ? field : field.substring(0, 60) + "…";
        return Form.wrong(
                shown,
                "additionalProperties",
                "can not be given to " + model.id() + "; it takes "
                        + String.join(", ", model.input().names()) + ".");
    }
}
