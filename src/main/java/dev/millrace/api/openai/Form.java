package dev.millrace.api.openai;

import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Multipart;
import dev.millrace.server.MultipartLimits;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a request, JSON or multipart alike: its fields by name, and the files of a multipart one. A list is sent in parts
 * named {@code image[]}, an object in parts named {@code input_reference[image_url]}.
 */
final class Form implements AutoCloseable {
    private static final Pattern MEMBER = Pattern.compile("([^\\[\\]]+)\\[([^\\[\\]]*)]");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,15}");

    private final ObjectNode fields;
    private final @Nullable Multipart multipart;

    private Form(ObjectNode fields, @Nullable Multipart multipart) {
        this.fields = fields;
        this.multipart = multipart;
    }

    /** @throws ProblemException as {@link Json#parseObject} and {@link Multipart#read} */
    static Form read(Request request, long largestFile) {
        if (!Multipart.is(request)) {
            return json(request);
        }
        Multipart multipart = Multipart.read(
                request,
                MultipartLimits.DEFAULTS.withBytes(largestFile, Math.max(largestFile + (4 << 20), 200L << 20)));
        boolean whole = false;
        try {
            Form form = new Form(texts(multipart), multipart);
            whole = true;
            return form;
        } finally {
            if (!whole) {
                multipart.close();
            }
        }
    }

    static Form json(Request request) {
        return new Form(Json.parseObject(request.body()), null);
    }

    /** Whether every value came as a text, whatever it is meant to be. */
    boolean textsOnly() {
        return multipart != null;
    }

    /** The fields that are no files; not to be changed. */
    ObjectNode fields() {
        return fields;
    }

    /** The files of a field, in their order. */
    List<Part> files(String name) {
        return multipart == null
                ? List.of()
                : multipart.parts().stream()
                        .filter(part -> part.isFile() && base(part.name()).equals(name))
                        .toList();
    }

    /** The one file of a field. */
    Optional<Part> file(String name) {
        List<Part> files = files(name);
        if (files.size() > 1) {
            throw wrong(name, "maxItems", "must be one file.");
        }
        return files.stream().findFirst();
    }

    boolean has(String name) {
        return fields.hasNonNull(name);
    }

    JsonNode value(String name) {
        return fields.path(name);
    }

    @Nullable
    String textOrNull(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(name, "type", "must be a text.");
        }
        return value.stringValue();
    }

    String text(String name, String otherwise) {
        String text = textOrNull(name);
        return text == null ? otherwise : text;
    }

    String text(String name) {
        String text = textOrNull(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "required", text == null ? "is missing." : "is blank.");
        }
        return text;
    }

    boolean flag(String name) {
        JsonNode value = fields.path(name);
        String word = textsOnly() ? value.asString("") : "";
        if (value.isBoolean() || word.equals("true") || word.equals("false")) {
            return value.isBoolean() ? value.booleanValue() : word.equals("true");
        }
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        throw wrong(name, "type", "must be true or false.");
    }

    OptionalLong number(String name, long least, long most) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        boolean whole = value.isIntegralNumber() && value.canConvertToLong()
                || textsOnly() && WHOLE.matcher(value.asString("")).matches();
        long number = !whole ? most : value.isNumber() ? value.longValue() : Long.parseLong(value.asString(""));
        if (!whole || number < least || number > most) {
            throw wrong(name, "type", "must be a whole number from " + least + " to " + most + ".");
        }
        return OptionalLong.of(number);
    }

    /** The values of a list of texts; one text is a list of one. */
    List<String> texts(String name) {
        JsonNode value = fields.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isString()) {
            return List.of(value.stringValue());
        }
        if (value instanceof ArrayNode list && list.valueStream().allMatch(JsonNode::isString)) {
            return list.valueStream().map(JsonNode::stringValue).toList();
        }
        throw wrong(name, "type", "must be a list of texts.");
    }

    /** A value that was sent as a text, in the type that a schema asks for, where it can be read so. */
    static JsonNode typed(JsonNode schema, JsonNode value) {
        String text = value.asString("");
        return switch (schema.path("type").asString("")) {
            case "integer", "number" ->
                text.matches("-?\\d{1,15}(\\.\\d{1,9})?") ? Json.tree(new BigDecimal(text)) : value;
            case "boolean" -> text.equals("true") || text.equals("false") ? Json.tree(text.equals("true")) : value;
            default -> value;
        };
    }

    static ProblemException wrong(String field, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(field, rule, message))
                .toException();
    }

    @Override
    public void close() {
        if (multipart != null) {
            multipart.close();
        }
    }

    private static String base(String name) {
        Matcher member = MEMBER.matcher(name);
        return member.matches() ? member.group(1) : name;
    }

    private static ObjectNode texts(Multipart multipart) {
        ObjectNode fields = Json.object();
        for (Part part : multipart.parts()) {
            if (!part.isFile()) {
                put(fields, part);
            }
        }
        return fields;
    }

    private static void put(ObjectNode fields, Part part) {
        String text = part.text();
        if (text.indexOf('\0') >= 0) {
            throw wrong(part.name(), "pattern", "must not contain the character U+0000.");
        }
        Matcher member = MEMBER.matcher(part.name());
        if (!member.matches()) {
            if (fields.has(part.name())) {
                throw wrong(part.name(), "maxItems", "stands in the body more than once; send it once.");
            }
            fields.put(part.name(), text);
        } else if (member.group(2).isEmpty() || WHOLE.matcher(member.group(2)).matches()) {
            list(fields, member.group(1)).add(text);
        } else {
            object(fields, member.group(1)).put(member.group(2), text);
        }
    }

    private static ArrayNode list(ObjectNode fields, String name) {
        return fields.path(name) instanceof ArrayNode list ? list : fields.putArray(name);
    }

    private static ObjectNode object(ObjectNode fields, String name) {
        return fields.path(name) instanceof ObjectNode object ? object : fields.putObject(name);
    }
}
