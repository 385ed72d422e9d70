package dev.millrace.app;

import dev.millrace.app.demo.Client;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.telemetry.Metrics;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options that send a command through a running server, instead of to a data directory. */
final class ServerOption {
    @Option(names = "--url", description = "A running server to do it through, instead of a data directory.")
    private @Nullable String url;

    @Option(names = "--key", description = "A key of the operator's organization, for --url.")
    private @Nullable String key;

    /** Whether a server is named. */
    boolean given() {
        return url != null;
    }

    /** What the server answers. */
    ObjectNode post(String path, ObjectNode body) throws IOException {
        if (url == null || key == null) {
            throw new dev.millrace.config.ConfigException("--url needs --key, a key of the operator's organization");
        }
        try (Metrics metrics = new Metrics()) {
            return new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), url, key)
                    .post(path, body, Map.of());
        }
    }
}
