package dev.millrace.app;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program: one command line over everything that Millrace does. */
@Command(
        name = "millrace",
        description = "One self-hosted, metered API for language, image, video and music generation.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true)
public final class Main {
    private static final List<Entry> COMMANDS = List.of(
            new Entry("serve", ServeCommand::new),
            new Entry("demo", DemoCommand::new),
            new Entry("doctor", DoctorCommand::new),
            new Entry("admin", AdminCommand::new),
            // No method reference: one to a class of picocli crashes the JVM that makes the start-up cache (JDK
            // 25.0.3).
            new Entry("help", () -> new HelpCommand()));

    private record Entry(String name, Supplier<Object> command) {}

    private Main() {}

    /** Runs one command and ends the process with its exit code: 0 done, 1 broken, 2 the operator's fault. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(args, out, new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /** Runs one command within this process. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new Main());
        asked(args)
                .forEach(entry ->
                        line.addSubcommand(entry.name(), entry.command().get()));
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler(Faults::wrongUse);
        line.setExecutionExceptionHandler(Faults::failed);
        line.setExecutionStrategy(Place::run);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Money.class, Arguments::money);
        line.registerConverter(OrganizationId.class, Arguments::organization);
        line.registerConverter(KeyId.class, Arguments::key);
        return args.length == 0 ? Faults.nothingAsked(line) : line.execute(args);
    }

    /** The command that is asked for, alone, as describing the others takes a good part of a start; all for anything else. */
    private static List<Entry> asked(String[] args) {
        List<Entry> named = COMMANDS.stream()
                .filter(entry -> args.length > 0 && entry.name().equals(args[0]) && !args[0].equals("help"))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }
}
