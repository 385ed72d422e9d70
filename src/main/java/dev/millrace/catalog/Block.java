package dev.millrace.catalog;

import dev.millrace.config.DurationText;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One block of a catalogue file while it is read: its fields by name, and complaints that know file, line, model and field.
 *
 * @param pointer where the block stands in the file
 * @param model the model that it belongs to
 * @param path the block's name within the model; empty for the model itself
 */
record Block(YamlTree tree, String pointer, String model, String path, ObjectNode node) {
    static Block model(YamlTree tree, String pointer, ObjectNode node) {
        JsonNode id = node.get("id");
        return new Block(
                tree, pointer, id != null && id.isString() ? id.asString() : "a model without an id", "", node);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name) {
        JsonNode value = required(name);
        if (value.isString() && !value.asString().isBlank()) {
            return value.asString().strip();
        }
        throw wrong(name, "must be a text; put it in quotes.");
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    int number(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        JsonNode value = node.path(name);
        if (value.isInt() && value.asInt() >= 0) {
            return value.asInt();
        }
        throw wrong(name, "must be a whole number from 0.");
    }

    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        if (node.path(name).isBoolean()) {
            return node.path(name).asBoolean();
        }
        throw wrong(name, "must be true or false.");
    }

    Duration duration(String name) {
        String text = text(name);
        try {
            return DurationText.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(name, "must be a duration, as 90s, 10m, 2h or 7d.");
        }
    }

    List<String> texts(String name) {
        if (!has(name)) {
            return List.of();
        }
        if (node.get(name) instanceof ArrayNode array
                && StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isString)) {
            return StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::asString)
                    .toList();
        }
        throw wrong(name, "must be a list of texts.");
    }

    Block block(String name) {
        if (required(name) instanceof ObjectNode object) {
            return new Block(tree, YamlTree.step(pointer, name), model, inside(name), object);
        }
        throw wrong(name, "must be a block of fields.");
    }

    List<Block> blocks(String name) {
        if (!(required(name) instanceof ArrayNode array)) {
            throw wrong(name, "must be a list of blocks, each behind a dash.");
        }
        return IntStream.range(0, array.size())
                .mapToObj(index -> item(name, index, array.get(index)))
                .toList();
    }

    private Block item(String name, int index, JsonNode item) {
        if (item instanceof ObjectNode object) {
            return new Block(
                    tree, YamlTree.step(pointer, name) + "/" + index, model, inside(name + "." + index), object);
        }
        throw wrong(name, "must be a list of blocks, each behind a dash.");
    }

    JsonNode required(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw wrong(name, "is missing.");
        }
        return value;
    }

    /** A complaint about one field of this block. */
    CatalogException wrong(@Nullable String name, String message) {
        String at = name == null ? pointer : YamlTree.step(pointer, name);
        String field = name == null ? path : inside(name);
        String where = field.isEmpty() ? model : model + ": " + field;
        return new CatalogException(new Complaint(tree.file(), tree.line(at), where, message));
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
