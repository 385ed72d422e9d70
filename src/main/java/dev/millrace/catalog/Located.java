package dev.millrace.catalog;

import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A value of a catalogue file that keeps the line it stands on while it is merged with others. */
sealed interface Located {
    String DEFAULT = "default";

    int line();

    /** A block of fields. */
    record Fields(int line, Map<String, Located> members) implements Located {
        @Nullable
        Located get(String name) {
            return members.get(name);
        }

        Fields with(String name, Located value) {
            Map<String, Located> more = new LinkedHashMap<>(members);
            more.put(name, value);
            return new Fields(line, more);
        }

        Fields without(String name) {
            Map<String, Located> fewer = new LinkedHashMap<>(members);
            fewer.remove(name);
            return new Fields(line, fewer);
        }
    }

    /** A list. */
    record Items(int line, List<Located> items) implements Located {}

    /** A text, a number, true, false or null. */
    record Scalar(int line, JsonNode value) implements Located {}

    static Located of(YamlTree tree, String pointer, JsonNode node) {
        int line = tree.line(pointer);
        return switch (node) {
            case ObjectNode object -> {
                Map<String, Located> members = new LinkedHashMap<>();
                object.properties()
                        .forEach(entry -> members.put(
                                entry.getKey(), of(tree, YamlTree.step(pointer, entry.getKey()), entry.getValue())));
                yield new Fields(line, members);
            }
            case ArrayNode array -> {
                List<Located> items = new ArrayList<>();
                array.forEach(item -> items.add(of(tree, pointer + "/" + items.size(), item)));
                yield new Items(line, items);
            }
            default -> new Scalar(line, node);
        };
    }

    /**
     * Both together: blocks are merged field by field, anything else is what {@code over} says. A null stands for no field, but
     * as a default, which may be null.
     */
    static Located merged(@Nullable Located under, Located over) {
        if (!(under instanceof Fields below) || !(over instanceof Fields above)) {
            return over;
        }
        Map<String, Located> members = new LinkedHashMap<>(below.members());
        above.members().forEach((name, value) -> members.put(name, merged(below.get(name), value)));
        return new Fields(above.line(), members);
    }

    /** Whether this value says that there is no such field. */
    private static boolean takesAway(String name, Located value) {
        return value instanceof Scalar scalar && scalar.value().isNull() && !name.equals(DEFAULT);
    }

    /** As a tree, whose lines are noted by pointer. */
    static JsonNode tree(Located value, String pointer, Map<String, Integer> lines) {
        lines.put(pointer, value.line());
        return switch (value) {
            case Fields fields -> {
                ObjectNode object = Json.object();
                fields.members().forEach((name, member) -> {
                    if (!takesAway(name, member)) {
                        object.set(name, tree(member, YamlTree.step(pointer, name), lines));
                    }
                });
                yield object;
            }
            case Items list -> {
                ArrayNode array = Json.array();
                list.items().forEach(item -> array.add(tree(item, pointer + "/" + array.size(), lines)));
                yield array;
            }
            case Scalar scalar -> scalar.value();
        };
    }
}
