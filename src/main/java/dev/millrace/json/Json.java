package dev.millrace.json;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON (RFC 8259) for every room, strictly and within bounds. */
public final class Json {
    /** How deep arrays and objects may nest; deeper input is refused. */
    public static final int DEPTH_MAX = 64;

    private static final int NUMBER_LENGTH_MAX = 60;
    private static final int NAME_LENGTH_MAX = 512;

    /** How many names, values and brackets a text may have; a tree takes much more memory than its text. */
    private static final int TOKENS_MAX = 500_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNumberLength(NUMBER_LENGTH_MAX)
                            .maxNameLength(NAME_LENGTH_MAX)
                            .maxTokenCount(TOKENS_MAX)
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .addModule(new SimpleModule().addSerializer(BigDecimal.class, new PlainDecimal()))
            .build();

    private static final ObjectWriter PLAIN = MAPPER.writer().with(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);

    private Json() {}

    /**
     * The value in a body that a caller sent.
     *
     * @throws ProblemException {@code INVALID_JSON} when it is empty, not UTF-8, not JSON, nested too deep, too large, has a name
     *     twice or has anything behind the value; the detail says where, never what. {@code INVALID_PARAMETER} that names
     *     the field when a text has U+0000 or half of a surrogate pair
     */
    public static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            throw new ProblemException(ProblemCode.INVALID_JSON, "The body is empty; send a JSON object.");
        }
        requireUtf8(body);
        requireText(body);
        try {
            JsonNode node = MAPPER.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw new ProblemException(ProblemCode.INVALID_JSON, "The body is blank; send a JSON object.");
            }
            UnfitText.first(body, node).ifPresent(error -> {
                throw Problem.field(ProblemCode.INVALID_PARAMETER, error).toException();
            });
            return node;
        } catch (JacksonException e) {
            throw new ProblemException(ProblemCode.INVALID_JSON, describe(e));
        }
    }

    /**
     * The object in a body that a caller sent.
     *
     * @throws ProblemException {@code INVALID_JSON} as {@link #parse}, or when the value is no object
     */
    public static ObjectNode parseObject(byte[] body) {
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw new ProblemException(ProblemCode.INVALID_JSON, "The body must be a JSON object.");
    }

    /** The value in a text that Millrace wrote itself; anything wrong with it is a bug. */
    public static JsonNode readOwn(String text) {
        return MAPPER.readTree(text);
    }

    /** The object in a text that Millrace wrote itself; anything wrong with it is a bug. */
    public static ObjectNode readOwnObject(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    /** A tree for a record, map, list or plain value; records become objects with their component names. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller knows which kind of node its value becomes
    public static <T extends JsonNode> T tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    public static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** A tree of Millrace's own as people read it: over many lines, and no number with an exponent. */
    public static String pretty(JsonNode own) {
        return PLAIN.withDefaultPrettyPrinter().writeValueAsString(own);
    }

    /** A tree of Millrace's own in one line, no number with an exponent. */
    public static String line(JsonNode own) {
        return PLAIN.writeValueAsString(own);
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    private static void requireUtf8(byte[] body) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        } catch (CharacterCodingException e) {
            throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not valid UTF-8.");
        }
    }

    /** The parser would guess UTF-16 and UTF-32 from zeros in front, and skip a byte order mark. */
    private static void requireText(byte[] body) {
        if (body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF) {
            throw new ProblemException(
                    ProblemCode.INVALID_JSON, "The body starts with a byte order mark; send UTF-8 without one.");
        }
        for (int i = 0; i < Math.min(body.length, 4); i++) {
            if (body[i] == 0) {
                throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not UTF-8 text; it has a zero byte.");
            }
        }
    }

    private static String describe(JacksonException e) {
        var at = e.getLocation();
        String where = at == null || at.getLineNr() < 1
                ? ""
                : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        String message = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        if (message.startsWith("Duplicate")) {
            return "An object in the body has the same name twice" + where + ".";
        }
        if (message.contains("nesting depth")) {
            return "The body is nested deeper than " + DEPTH_MAX + " levels.";
        }
        if (message.contains("Number value length")) {
            return "A number in the body has more than " + NUMBER_LENGTH_MAX + " digits" + where + ".";
        }
        if (message.startsWith("Token count")) {
            return "The body has more than " + TOKENS_MAX + " names and values.";
        }
        if (message.contains("Name length")) {
            return "A name in the body has more than " + NAME_LENGTH_MAX + " characters" + where + ".";
        }
        if (message.startsWith("Trailing token")) {
            return "There is something behind the JSON value" + where + ".";
        }
        return "The body is not valid JSON" + where + ".";
    }
}
