package dev.millrace.api.millrace;

import dev.millrace.catalog.Given;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.Translation;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a request says to its model: its parameters stand in {@code settings} or beside {@code model}, under the model's own names or
 * under those that all models share.
 */
final class Parameters {
    private Parameters() {}

    /**
     * Everything that is no field of the route itself.
     *
     * @param fields the names of the route's own fields, {@code settings} among them
     */
    static ObjectNode of(Fields body, Set<String> fields) {
        ObjectNode parameters = body.objectOrEmpty("settings");
        body.object().properties().forEach(field -> {
            String name = field.getKey();
            if (fields.contains(name)) {
                return;
            }
            if (parameters.hasNonNull(name) && !parameters.get(name).equals(field.getValue())) {
                throw Fields.wrong(name, "value", "stands in settings too, with another value; send it once.");
            }
            parameters.set(name, field.getValue());
        });
        return parameters;
    }

    /**
     * The parameters under the model's own names. What it does not know by name is given to it by what it means; the rest stays, for the
     * model to refuse.
     *
     * @param meant what the route itself knows the meaning of
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the caller's field
     */
    static ObjectNode named(Model model, ObjectNode parameters, List<Given> meant) {
        ObjectNode named = Json.object();
        List<Given> given = new ArrayList<>(meant);
        parameters.properties().forEach(entry -> {
            String name = entry.getKey();
            Optional<String> role = model.input().names().contains(name) ? Optional.empty() : Roles.of(name);
            role.ifPresentOrElse(
                    meaning -> given.add(new Given(meaning, name, entry.getValue())),
                    () -> named.set(name, entry.getValue()));
        });
        if (!given.isEmpty()) {
            Translation.into(model, given).properties().forEach(entry -> add(named, entry.getKey(), entry.getValue()));
        }
        return named;
    }

    private static void add(ObjectNode named, String name, JsonNode value) {
        if (named.hasNonNull(name) && !named.get(name).equals(value)) {
            throw Fields.wrong(name, "value", "is given twice, once under another name; send it once.");
        }
        named.set(name, value);
    }
}
