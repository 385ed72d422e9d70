package dev.millrace.catalog;

import com.networknt.schema.Schema;
import dev.millrace.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds a catalogue file to the format that {@code catalog.schema.json} states. */
final class FileFormat {
    private static final Pattern IN_MODEL = Pattern.compile("/models/(\\d+)(/.*)?");

    private FileFormat() {}

    /** Compiled once, and only when a file of the operator is read. */
    private static final class Holder {
        static final Schema WRITTEN = SchemaEngine.compile(Json.readOwn(text()));
        static final Schema FULL = SchemaEngine.compile(full());

        /** The same format, for a file in which nothing is left to a default. */
        private static ObjectNode full() {
            ObjectNode schema = Json.readOwnObject(text());
            ObjectNode models = Json.object().put("type", "array");
            models.putObject("items").put("$ref", "#/$defs/full_model");
            ((ObjectNode) schema.path("properties")).set("models", models);
            return schema;
        }

        private static String text() {
            try (InputStream in = FileFormat.class.getResourceAsStream("/catalog/catalog.schema.json")) {
                if (in == null) {
                    throw new IllegalStateException("catalog.schema.json is not packaged");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Everything that is wrong with a file: with its models as they stand in full, with the rest as it is written.
     *
     * @param full the same file, written out by {@link Expansion}
     */
    static List<Complaint> complaints(YamlTree written, YamlTree full) {
        Stream<Complaint> around = Breaches.of(Holder.WRITTEN, written.root()).stream()
                .filter(breach -> !IN_MODEL.matcher(breach.pointer()).matches())
                .map(breach -> complaint(written, breach));
        Stream<Complaint> models =
                Breaches.of(Holder.FULL, full.root()).stream().map(breach -> complaint(full, breach));
        return Stream.concat(around, models).distinct().toList();
    }

    /** What is wrong with a file as it is written, without a look at what it means in full. */
    static List<Complaint> complaints(YamlTree written) {
        return Breaches.of(Holder.WRITTEN, written.root()).stream()
                .map(breach -> complaint(written, breach))
                .toList();
    }

    private static Complaint complaint(YamlTree tree, Breach breach) {
        int line = tree.line(breach.pointer());
        String path = breach.error().path();
        Matcher model = IN_MODEL.matcher(breach.pointer());
        if (!model.matches()) {
            return new Complaint(tree.file(), line, path, breach.error().message());
        }
        String number = model.group(1);
        JsonNode id = tree.root().path("models").path(Integer.parseInt(number)).path("id");
        String name = id.isString() ? id.asString() : "model " + (Integer.parseInt(number) + 1);
        String field = path.replaceFirst("^models\\.\\d+\\.?", "");
        return new Complaint(
                tree.file(),
                line,
                field.isEmpty() ? name : name + ": " + field,
                breach.error().message());
    }
}
