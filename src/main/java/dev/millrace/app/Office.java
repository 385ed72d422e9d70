package dev.millrace.app;

import dev.millrace.telemetry.Logs;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the administration's commands share: an installation that no server uses meanwhile, and where to print. */
abstract class Office {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    /** Takes the data directory, opens its rooms, does the work, and closes them again. */
    final int inside(Function<Core, Integer> work) {
        Logs.quiet();
        Settings settings = data.settings();
        try (DataDirectory directory = DataDirectory.open(data.folder());
                Core core = Wiring.core(settings, directory)) {
            return work.apply(core);
        }
    }

    /** The same, where the installation must have been set up before. */
    final int installed(Function<Core, Integer> work) {
        return inside(core -> {
            if (core.isEmpty()) {
                throw new dev.millrace.config.ConfigException(
                        "nothing is set up in " + data.folder() + "; begin with \"millrace admin init\"");
            }
            return work.apply(core);
        });
    }

    final DataOptions data() {
        return data;
    }

    final boolean json() {
        return json;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Says on standard error why nothing was done. */
    final int refuse(int code, String line) {
        spec.commandLine().getErr().println("millrace: " + line);
        return code;
    }
}
