package dev.millrace.api.millrace.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.millrace.json.Json;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schemas of the records that go over the wire, by what they are and by when their members are left out. */
final class RecordSchemas {
    private final Map<String, ObjectNode> schemas = new TreeMap<>();

    /** Every schema that was referred to, by its name. */
    Map<String, ObjectNode> all() {
        return schemas;
    }

    /** A schema of a type; records are referred to by name. */
    ObjectNode of(Type type) {
        return schema(type, Map.of());
    }

    private ObjectNode schema(Type type, Map<String, Type> arguments) {
        return switch (type) {
            case TypeVariable<?> variable -> schema(arguments.getOrDefault(variable.getName(), Object.class), Map.of());
            case ParameterizedType generic -> generic(generic, arguments);
            case Class<?> plain when plain.isRecord() -> reference(plain, Map.of());
            case Class<?> plain -> primitive(plain);
            default -> Json.object();
        };
    }

    private ObjectNode generic(ParameterizedType generic, Map<String, Type> outer) {
        Class<?> raw = (Class<?>) generic.getRawType();
        Type[] given = generic.getActualTypeArguments();
        ObjectNode schema = Json.object();
        if (raw == List.class) {
            schema.put("type", "array").set("items", schema(given[0], outer));
            return schema;
        }
        if (raw == Map.class) {
            schema.put("type", "object").set("additionalProperties", schema(given[1], outer));
            return schema;
        }
        return reference(raw, Map.of(raw.getTypeParameters()[0].getName(), given[0]));
    }

    private static ObjectNode primitive(Class<?> type) {
        ObjectNode schema = Json.object();
        if (type == String.class) {
            return schema.put("type", "string");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return schema.put("type", "integer");
        }
        if (type == BigDecimal.class) {
            return schema.put("type", "number");
        }
        if (type == ObjectNode.class) {
            return schema.put("type", "object").put("additionalProperties", true);
        }
        if (type == Object.class || type == JsonNode.class) {
            return schema;
        }
        throw new IllegalStateException("bug: no JSON Schema is known for " + type.getName());
    }

    private ObjectNode reference(Class<?> type, Map<String, Type> arguments) {
        StringBuilder name = new StringBuilder(name(type));
        arguments.values().forEach(argument -> name.append("Of").append(name((Class<?>) argument)));
        if (!schemas.containsKey(name.toString())) {
            ObjectNode schema = Json.object();
            schemas.put(name.toString(), schema);
            fill(schema, type, arguments);
        }
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    private void fill(ObjectNode schema, Class<?> type, Map<String, Type> arguments) {
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = Json.array();
        for (RecordComponent component : type.getRecordComponents()) {
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean omitted = omitted(type, component, nullable);
            ObjectNode member = schema(component.getGenericType(), arguments);
            properties.set(component.getName(), nullable && !omitted ? orNull(member) : member);
            if (!omitted) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    /** Whether the member may be left out, as the record's own rule of inclusion says. */
    private static boolean omitted(Class<?> type, RecordComponent component, boolean nullable) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude rule = own == null ? type.getAnnotation(JsonInclude.class) : own;
        Include include = rule == null ? Include.ALWAYS : rule.value();
        return switch (include) {
            case NON_NULL -> nullable;
            case NON_EMPTY -> nullable || !component.getType().isPrimitive();
            default -> false;
        };
    }

    private static ObjectNode orNull(ObjectNode schema) {
        if (schema.isEmpty()) {
            return schema;
        }
        ObjectNode either = Json.object();
        either.putArray("anyOf").add(schema).addObject().put("type", "null");
        return either;
    }

    /** {@code QuoteBody.WalletBody} is {@code QuoteWallet}, and {@code JobBody} is {@code Job}. */
    static String name(Class<?> type) {
        String own = bare(type.getSimpleName());
        Class<?> outer = type.getEnclosingClass();
        String around = outer == null ? "" : bare(outer.getSimpleName());
        return own.startsWith(around) ? own : around + own;
    }

    private static String bare(String name) {
        return name.replaceAll("(Bodies|Body|Routes)$", "");
    }
}
