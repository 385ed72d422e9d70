package dev.millrace.api.millrace.openapi;

import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the body of a request may hold. The same form that the document shows tells a route which names it knows.
 *
 * @param mediaType the content type of the body
 * @param members in the order of the document
 * @param open whether other members are taken too, as the parameters of a model are
 */
public record Form(String mediaType, List<Member> members, boolean open) {
    /**
     * One member.
     *
     * @param schema its JSON Schema
     */
    public record Member(String name, ObjectNode schema, boolean required) {}

    public Form {
        members = List.copyOf(members);
    }

    /** A JSON object that has no member yet. */
    public static Form object() {
        return new Form("application/json", List.of(), false);
    }

    /** The bytes of a file, or a multipart form with one. */
    public static Form file() {
        return new Form("application/octet-stream", List.of(), true);
    }

    /** This form with a member that must be there. */
    public Form needs(String name, String type, String description) {
        return with(new Member(name, schema(type, description), true));
    }

    /** This form with a member that may be there. */
    public Form takes(String name, String type, String description) {
        return with(new Member(name, schema(type, description), false));
    }

    /** This form, taking other members too. */
    public Form andOthers() {
        return new Form(mediaType, members, true);
    }

    /** The names of the members. */
    public Set<String> names() {
        return members.stream().map(Member::name).collect(Collectors.toUnmodifiableSet());
    }

    ObjectNode schema() {
        ObjectNode schema = Json.object();
        if (!mediaType.equals("application/json")) {
            return schema.put("type", "string").put("format", "binary");
        }
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        members.forEach(member -> properties.set(member.name(), member.schema().deepCopy()));
        ArrayNode required = Json.array();
        members.stream().filter(Member::required).forEach(member -> required.add(member.name()));
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        return schema.put("additionalProperties", open);
    }

    private Form with(Member member) {
        List<Member> more = new ArrayList<>(members);
        more.add(member);
        return new Form(mediaType, more, open);
    }

    /** {@code integer}, {@code string} and so on; {@code string[]} for a list of them. */
    static ObjectNode schema(String type, String description) {
        ObjectNode schema = Json.object();
        if (type.endsWith("[]")) {
            schema.put("type", "array").putObject("items").put("type", type.substring(0, type.length() - 2));
        } else {
            schema.put("type", type);
        }
        return schema.put("description", description);
    }
}
