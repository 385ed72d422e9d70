package dev.millrace.app;

import dev.millrace.server.HttpServer;
import dev.millrace.telemetry.Logs;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the gateway until it is told to end. */
@Command(
        name = "serve",
        description = "Start the gateway; on an empty data directory, set it up first and print its first key.",
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(names = "--port", description = "The port to listen on, 0 for any free one (server.port; 8080).")
    private @Nullable String port;

    @Option(names = "--host", description = "The address to listen on (server.host; 127.0.0.1).")
    private @Nullable String host;

    @Override
    public Integer call() throws InterruptedException {
        Thread.ofPlatform().daemon().name("warm-up").start(HttpServer::warmUp);
        Signals signals = Signals.listen();
        Map<String, @Nullable String> options = new HashMap<>();
        options.put("server.port", port);
        options.put("server.host", host);
        Settings settings = data.settings(options);
        Logs.apply(settings.log());
        try (DataDirectory directory = DataDirectory.open(data.folder());
                Node node = Wiring.start(settings, directory)) {
            PrintWriter out = spec.commandLine().getOut();
            if (node.core().isEmpty()) {
                Setup.operator(node.core(), Setup.WELCOME)
                        .ifPresent(made -> out.print(Welcome.text(made, data.folder(), node.url())));
            }
            out.println("millrace ready on " + node.url());
            // The first request would otherwise wait until the library for schemas is loaded.
            Thread.ofVirtual().name("catalog-warm").start(node.core().catalog()::warm);
            signals.await();
        } finally {
            signals.ended();
        }
        return ExitCode.OK;
    }
}
