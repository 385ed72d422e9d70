package dev.millrace.app;

import dev.millrace.app.demo.Client;
import dev.millrace.app.demo.Demo;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.IdSource;
import dev.millrace.telemetry.Logs;
import dev.millrace.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what Millrace does, through a running server or one that lives for the demonstration alone. */
@Command(
        name = "demo",
        description = "Make an image, a video, a track and a chat, save them, and show the statement.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", description = "A running server; otherwise one is started for this run alone.")
    private @Nullable String url;

    @Option(names = "--key", description = "An API key for --url.")
    private @Nullable String key;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go (${DEFAULT-VALUE}).")
    private Path out = Path.of("millrace-demo");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Logs.quiet();
        if (url != null) {
            if (key == null) {
                throw new ParameterException(spec.commandLine(), "--url needs --key");
            }
            return run(url, key, url);
        }
        Path folder = Files.createTempDirectory("millrace-demo");
        try {
            return throwAway(folder);
        } finally {
            remove(folder);
        }
    }

    private int throwAway(Path folder) throws IOException, InterruptedException {
        Settings settings = Settings.load(null, folder, Map.of(), Map.of("server.port", "--port=0"));
        try (DataDirectory directory = DataDirectory.open(folder);
                Node node = Wiring.start(settings, directory)) {
            Setup.Made made = Setup.operator(node.core(), Setup.WELCOME).orElseThrow();
            return run(node.url(), made.key().full(), "a throw-away server on " + node.url());
        }
    }

    private int run(String server, String fullKey, String where) throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics()) {
            Client client = new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), server, fullKey);
            IdSource ids = Wiring.ids();
            boolean terminal = System.console() != null && System.console().isTerminal();
            boolean addsUp = new Demo(client, spec.commandLine().getOut(), terminal, out, ids).run(where);
            return addsUp ? ExitCode.OK : ExitCode.BROKEN;
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
