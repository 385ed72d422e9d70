package dev.millrace.catalog;

import dev.millrace.json.Json;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * A YAML file as a JSON tree that knows on which line each value stands.
 *
 * @param lines the line of each value, by its JSON pointer
 */
record YamlTree(String file, JsonNode root, Map<String, Integer> lines) {
    private static final YAMLFactory YAML = YAMLFactory.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** @throws CatalogException when it is no YAML, has a name twice, or is more than one document */
    static YamlTree read(String file, byte[] content) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = YAML.createParser(ObjectReadContext.empty(), content)) {
            JsonToken first = parser.nextToken();
            JsonNode root = first == null ? NODES.nullNode() : new Reader(file, parser, lines).value("");
            if (parser.nextToken() != null) {
                throw new CatalogException(complaint(file, parser, "write one YAML document in a file, without ---."));
            }
            return new YamlTree(file, root, lines);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(e.getLocation().getLineNr(), 0);
            throw new CatalogException(new Complaint(file, line, "", "not valid YAML: " + firstLine(e)));
        }
    }

    /** The line of a value, or of the nearest value around it. */
    int line(String pointer) {
        for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 0);
    }

    /** A pointer one step further down. */
    static String step(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        return message == null
                ? "it can not be parsed."
                : message.lines().findFirst().orElse("");
    }

    private static Complaint complaint(String file, JsonParser parser, String message) {
        return new Complaint(file, parser.currentTokenLocation().getLineNr(), "", message);
    }

    /** Reads the value that the parser stands on, and leaves it on the value's last token. */
    private record Reader(String file, JsonParser parser, Map<String, Integer> lines) {
        JsonNode value(String pointer) {
            lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
            if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
                throw new CatalogException(
                        complaint(file, parser, "aliases (*name) are not read; write the value again."));
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> object(pointer);
                case START_ARRAY -> array(pointer);
                case VALUE_STRING -> NODES.stringNode(parser.getString());
                case VALUE_NUMBER_INT -> integer();
                case VALUE_NUMBER_FLOAT -> fraction();
                case VALUE_TRUE -> NODES.booleanNode(true);
                case VALUE_FALSE -> NODES.booleanNode(false);
                case VALUE_NULL -> NODES.nullNode();
                case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw new CatalogException(complaint(file, parser, "this value is of no type that JSON has."));
            };
        }

        private JsonNode fraction() {
            if (parser.isNaN()) {
                throw new CatalogException(complaint(file, parser, "infinity and not-a-number are no JSON."));
            }
            return NODES.numberNode(parser.getDecimalValue());
        }

        private JsonNode integer() {
            return switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> NODES.numberNode(parser.getBigIntegerValue());
            };
        }

        private ObjectNode object(String pointer) {
            ObjectNode object = Json.object();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                String inside = step(pointer, name);
                if (object.has(name)) {
                    throw new CatalogException(complaint(file, parser, "\"" + name + "\" stands twice in one block."));
                }
                lines.put(inside, parser.currentTokenLocation().getLineNr());
                parser.nextToken();
                object.set(name, value(inside));
            }
            return object;
        }

        private ArrayNode array(String pointer) {
            ArrayNode array = Json.array();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(pointer + "/" + array.size()));
            }
            return array;
        }
    }
}
