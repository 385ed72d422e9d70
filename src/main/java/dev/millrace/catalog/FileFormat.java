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
import tools.jackson.databind.JsonNode;

/** Holds a catalogue file to the format that {@code catalog.schema.json} states. */
final class FileFormat {
    private static final Pattern IN_MODEL = Pattern.compile("/models/(\\d+)(/.*)?");

    private FileFormat() {}

    /** Compiled once, and only when a file of the operator is read. */
    private static final class Holder {
        static final Schema SCHEMA = SchemaEngine.compile(Json.readOwn(text()));

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

    static List<Complaint> complaints(YamlTree tree) {
        return Breaches.of(Holder.SCHEMA, tree.root()).stream()
                .map(breach -> complaint(tree, breach))
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
