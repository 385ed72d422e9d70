package dev.millrace.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads the settings file into flat names. Every scalar stays the text that was written: 12.50 loses no zero. */
final class YamlFile {
    private YamlFile() {}

    /** The values by full name, as {@code server.port}. */
    static Map<String, Raw> read(Path file) {
        Map<String, Raw> values = new TreeMap<>();
        String origin = String.valueOf(file.getFileName());
        Object root = parse(file, origin);
        switch (root) {
            case null -> {}
            case Map<?, ?> map -> flatten("", map, origin, values);
            default -> throw new ConfigException(origin + ": the file must hold groups of settings, as \"server:\"");
        }
        return values;
    }

    private static @Nullable Object parse(Path file, String origin) {
        try {
            LoadSettings settings =
                    LoadSettings.builder().setSchema(new FailsafeSchema()).build();
            Iterator<Object> documents =
                    new Load(settings).loadAllFromString(Files.readString(file)).iterator();
            Object root = documents.hasNext() ? documents.next() : null;
            if (documents.hasNext()) {
                throw new ConfigException(origin + ": the file must be one YAML document");
            }
            return root instanceof String text && text.isBlank() ? null : root;
        } catch (NoSuchFileException e) {
            throw new ConfigException("there is no settings file " + file);
        } catch (IOException e) {
            throw new ConfigException("the settings file " + file + " can not be read: "
                    + e.getClass().getSimpleName());
        } catch (MarkedYamlEngineException e) {
            // The library's message quotes the lines around the fault, which may hold a secret.
            String where = e.getProblemMark()
                    .map(mark -> "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("somewhere");
            throw new ConfigException(origin + ": not valid YAML at " + where);
        } catch (YamlEngineException e) {
            throw new ConfigException(origin + ": not valid YAML");
        }
    }

    private static void flatten(String prefix, Map<?, ?> map, String origin, Map<String, Raw> values) {
        map.forEach((name, value) -> {
            String key = prefix + Setting.snake(String.valueOf(name));
            switch (value) {
                case null -> {}
                case Map<?, ?> nested -> flatten(key + ".", nested, origin, values);
                case List<?> list -> put(values, key, list(key, list, origin));
                default -> {
                    if (!value.toString().isEmpty()) {
                        put(values, key, Raw.of(value.toString(), origin));
                    }
                }
            }
        });
    }

    private static Raw list(String key, List<?> list, String origin) {
        if (list.stream().anyMatch(item -> !(item instanceof String))) {
            throw new ConfigException(origin + ": " + key + ": a list may hold plain values only");
        }
        return new Raw(list.stream().map(String::valueOf).toList(), true, origin);
    }

    private static void put(Map<String, Raw> values, String key, Raw raw) {
        if (values.put(key, raw) != null) {
            throw new ConfigException(raw.origin() + ": " + key + " is set twice");
        }
    }
}
