package dev.millrace.catalog;

import dev.millrace.catalog.Located.Fields;
import dev.millrace.catalog.Located.Items;
import dev.millrace.catalog.Located.Scalar;
import dev.millrace.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes a catalogue file out in full: each model with the {@code defaults} of the file under it, a model with
 * {@code variants} once for each of them, and the parameters that {@code takes} names out of the {@code parts}.
 */
final class Expansion {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String MODELS = "models";
    private static final String VARIANTS = "variants";
    private static final String INPUT = "input";
    private static final String TAKES = "takes";
    private static final String REQUIRED = "required";
    private static final String PROPERTIES = "properties";

    private final YamlTree tree;
    private final @Nullable Located defaults;
    private final @Nullable Located parts;

    private Expansion(YamlTree tree, Fields file) {
        this.tree = tree;
        this.defaults = file.get("defaults");
        this.parts = file.get("parts");
    }

    /** @throws CatalogException when a model takes a part that the file has not */
    static YamlTree of(YamlTree tree) {
        if (!(Located.of(tree, "", tree.root()) instanceof Fields file)
                || !(file.get(MODELS) instanceof Items models)) {
            return tree;
        }
        Located full = new Expansion(tree, file).full(models);
        Fields whole = file.with(MODELS, full).without("defaults").without("parts");
        Map<String, Integer> lines = new HashMap<>();
        return new YamlTree(tree.file(), Located.tree(whole, "", lines), lines);
    }

    private Located full(Items models) {
        List<Located> full = new ArrayList<>();
        for (Located model : models.items()) {
            if (model instanceof Fields block && block.get(VARIANTS) instanceof Items variants) {
                Fields shared = block.without(VARIANTS);
                variants.items().forEach(variant -> full.add(one(Located.merged(shared, variant))));
            } else {
                full.add(one(model));
            }
        }
        return new Items(models.line(), full);
    }

    private Located one(Located model) {
        Located whole = model instanceof Fields ? Located.merged(defaults, model) : model;
        return whole instanceof Fields fields && fields.get(INPUT) instanceof Fields input
                ? fields.with(INPUT, input(fields, input))
                : whole;
    }

    private Fields input(Fields model, Fields input) {
        Fields typed = input.get("type") == null ? input.with("type", text(input.line(), "object")) : input;
        if (!(input.get(TAKES) instanceof Items takes)) {
            return typed;
        }
        Map<String, Located> properties = new LinkedHashMap<>();
        List<Located> required = new ArrayList<>();
        for (Located taken : takes.items()) {
            Taken one = taken(model, taken);
            properties.put(one.name(), one.part());
            if (one.required()) {
                required.add(text(taken.line(), one.name()));
            }
        }
        if (input.get(REQUIRED) instanceof Items more) {
            required.addAll(more.items());
        }
        Fields taken = new Fields(takes.line(), properties);
        Located own = input.get(PROPERTIES);
        return typed.without(TAKES)
                .with(REQUIRED, new Items(takes.line(), required))
                .with(PROPERTIES, own == null ? taken : Located.merged(taken, own));
    }

    private record Taken(String name, boolean required, Located part) {}

    /** {@code prompt*} is the part of that name, required; {@code {duration: clip}} the part {@code clip} under another name. */
    private Taken taken(Fields model, Located entry) {
        String name = "";
        String part = "";
        if (entry instanceof Scalar scalar) {
            name = scalar.value().asString("");
            part = bare(name);
        } else if (entry instanceof Fields renamed && renamed.members().size() == 1) {
            Map.Entry<String, Located> only =
                    renamed.members().entrySet().iterator().next();
            name = only.getKey();
            part = only.getValue() instanceof Scalar scalar ? scalar.value().asString("") : "";
        }
        Located found = parts instanceof Fields known ? known.get(part) : null;
        if (found == null) {
            throw new CatalogException(new Complaint(
                    tree.file(), entry.line(), id(model) + ": input.takes", "\"" + part + "\" is none of the parts."));
        }
        return new Taken(bare(name), name.endsWith("*"), found);
    }

    private static String bare(String name) {
        return name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
    }

    private static String id(Fields model) {
        JsonNode id = model.get("id") instanceof Scalar scalar ? scalar.value() : Json.object();
        return id.asString("a model without an id");
    }

    private static Scalar text(int line, String text) {
        return new Scalar(line, NODES.stringNode(text));
    }
}
