package dev.millrace.catalog;

import com.networknt.schema.Schema;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of one model as a JSON Schema (draft 2020-12), compiled when first needed. */
public final class InputSchema {
    /** Instructions to the sandbox, which checks them itself; every model takes them. */
    private static final String SANDBOX = "sandbox";

    private static final String REFERENCE = "$ref";
    private static final int ERRORS_IN_DETAIL = 3;

    /** How many unknown names are told: each one is compared with all known ones, and a body may have very many. */
    private static final int UNKNOWN_MAX = 20;

    private final ObjectNode schema;
    private final List<String> names;
    private final Defaults defaults;
    private final Map<String, String> roles;
    private volatile @Nullable Schema compiled;

    InputSchema(ObjectNode schema) {
        this.schema = schema;
        this.names = List.copyOf(schema.path("properties").propertyNames());
        this.defaults = new Defaults(schema);
        this.roles = roles(schema);
    }

    private static Map<String, String> roles(ObjectNode schema) {
        Map<String, String> roles = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(entry -> {
            String role = entry.getValue().path("x-role").asString("");
            if (!role.isEmpty()) {
                // Where two parameters mean the same, the one that stands first is written.
                roles.putIfAbsent(role, entry.getKey());
            }
        });
        return Collections.unmodifiableMap(roles);
    }

    /** The schema of a body that is no model's; its keywords are trusted. */
    public static InputSchema of(ObjectNode schema) {
        return new InputSchema(schema);
    }

    /** The schema, to show; a copy. */
    public ObjectNode schema() {
        return schema.deepCopy();
    }

    /** The names of the parameters, in the order of the file. */
    public List<String> names() {
        return names;
    }

    /** The name of the parameter that has a role, by role, in the order of the file; see {@link Given}. */
    public Map<String, String> roles() {
        return roles;
    }

    /** The schema of one parameter, its reference followed and that of its items. */
    JsonNode parameter(String name) {
        JsonNode parameter = resolved(schema.path("properties").path(name));
        if (parameter.path("items").has(REFERENCE) && parameter instanceof ObjectNode list) {
            ObjectNode whole = list.deepCopy();
            whole.set("items", resolved(list.path("items")));
            return whole;
        }
        return parameter;
    }

    private JsonNode resolved(JsonNode stated) {
        String reference = stated.path(REFERENCE).asString("");
        return reference.startsWith("#/") ? schema.at(reference.substring(1)) : stated;
    }

    /** What is wrong with these parameters, without a word about others that are missing. */
    List<FieldError> errors(ObjectNode parameters) {
        PlainValues plain = new PlainValues();
        ObjectNode values = plain.plain("", parameters);
        return plain.errors().isEmpty()
                ? Breaches.of(schemaCompiled(), values).stream()
                        .map(Breach::error)
                        .toList()
                : plain.errors();
    }

    /** Compiles the schema now, so that the first request does not wait for it. */
    void warm() {
        schemaCompiled();
    }

    /** The parameters when they keep the schema; see {@link Model#checked}. */
    public ObjectNode checked(ObjectNode parameters, UnknownFields unknown) {
        return checked(parameters, unknown, Set.of());
    }

    /** The names of the parameters that clients of this one dialect do not have, because another one's clients send them. */
    Set<String> foreignTo(String dialect) {
        return schema.path("properties")
                .propertyStream()
                .filter(entry ->
                        !entry.getValue().path("x-dialect").asString(dialect).equals(dialect))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** @param foreign parameters that are to be taken for unknown */
    ObjectNode checked(ObjectNode parameters, UnknownFields unknown, Set<String> foreign) {
        ObjectNode known = parameters.deepCopy();
        JsonNode instructions = known.remove(SANDBOX);
        List<FieldError> errors = new ArrayList<>();
        for (String name : List.copyOf(known.propertyNames())) {
            if (!names.contains(name) || foreign.contains(name)) {
                known.remove(name);
                if (unknown == UnknownFields.REJECT && errors.size() < UNKNOWN_MAX) {
                    errors.add(Breaches.unknown("", "additionalProperties", name, names)
                            .error());
                }
            }
        }
        ObjectNode checked = valid(known, errors);
        if (instructions != null) {
            checked.set(SANDBOX, instructions);
        }
        return checked;
    }

    private ObjectNode valid(ObjectNode known, List<FieldError> unknown) {
        defaults.dropNulls(known);
        PlainValues plain = new PlainValues();
        ObjectNode values = plain.plain("", known);
        List<FieldError> errors = new ArrayList<>(plain.errors());
        if (errors.isEmpty()) {
            Breaches.of(schemaCompiled(), values).forEach(breach -> errors.add(breach.error()));
        }
        errors.addAll(unknown);
        if (!errors.isEmpty()) {
            throw refusal(errors).toException();
        }
        defaults.fill(values);
        return values;
    }

    private static Problem refusal(List<FieldError> errors) {
        String detail = errors.stream()
                .limit(ERRORS_IN_DETAIL)
                .map(error -> error.path().isEmpty() ? error.message() : error.path() + ": " + error.message())
                .collect(Collectors.joining(" "));
        return new Problem(ProblemCode.INVALID_PARAMETER, detail, errors, Map.of(), null);
    }

    private Schema schemaCompiled() {
        Schema ready = compiled;
        if (ready == null) {
            // Two threads may both compile it: the results are equal.
            ready = SchemaEngine.compile(schema);
            compiled = ready;
        }
        return ready;
    }
}
