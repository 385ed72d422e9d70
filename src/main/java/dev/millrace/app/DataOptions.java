package dev.millrace.app;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which installation a command is about. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory; otherwise $$MILLRACE_HOME, otherwise ~/.millrace.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The settings file; otherwise " + Settings.FILE + " in the data directory, if it is there.")
    private @Nullable Path config;

    Path folder() {
        return data == null ? DataDirectory.standard(System.getenv()) : data;
    }

    /** All settings; what the given options set wins. */
    Settings settings(Map<String, @Nullable String> options) {
        Map<String, String> given = new HashMap<>();
        options.forEach((key, value) -> {
            if (value != null) {
                given.put(key, "--" + key.substring(key.indexOf('.') + 1) + "=" + value);
            }
        });
        return Settings.load(config, folder(), System.getenv(), given);
    }

    Settings settings() {
        return settings(Map.of());
    }
}
