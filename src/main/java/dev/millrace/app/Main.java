package dev.millrace.app;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program: one command line over everything that Millrace does. */
@Command(
        name = "millrace",
        description = "One self-hosted, metered API for language, image, video and music generation.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        subcommands = {
            ServeCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            AdminCommand.class,
            HelpCommand.class
        })
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 broken, 2 the operator's fault. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler(Faults::wrongUse);
        line.setExecutionExceptionHandler(Faults::failed);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(dev.millrace.money.Money.class, Arguments::money);
        line.registerConverter(dev.millrace.id.OrganizationId.class, Arguments::organization);
        line.registerConverter(dev.millrace.id.KeyId.class, Arguments::key);
        return args.length == 0 ? Faults.nothingAsked(line) : line.execute(args);
    }
}
