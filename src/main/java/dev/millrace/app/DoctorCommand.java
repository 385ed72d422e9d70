package dev.millrace.app;

import dev.millrace.audit.CheckResult;
import dev.millrace.config.ConfigException;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.telemetry.Logs;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Checks a deployment, which may be running meanwhile: then a SQLite file is read beside its server. */
@Command(
        name = "doctor",
        description = "Check a deployment: settings, database, invariants, providers. Exit code 1 when one is broken.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(names = "--at-rest", description = "Nothing is being worked on: also check what holds only then.")
    private boolean atRest;

    @Option(names = "--json", description = "Print one JSON object for each check.")
    private boolean json;

    private final List<Finding> findings = new ArrayList<>();

    /** One row of the table. */
    private record Finding(boolean ok, String id, String sentence, String detail) {}

    @Override
    public Integer call() {
        Logs.quiet();
        if (!Files.isDirectory(data.folder())) {
            throw new ConfigException("there is no data directory " + data.folder());
        }
        Settings settings = data.settings();
        found(true, "config", "the settings are valid", data.folder().toString());
        DataDirectory directory = DataDirectory.look(data.folder());
        try (Core core = Wiring.coreToLook(settings, directory)) {
            examine(core);
        } catch (ProblemException e) {
            found(false, "database", "the database answers", e.problem().detail());
        }
        findings.forEach(this::print);
        return findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.BROKEN;
    }

    private void examine(Core core) {
        long organizations = core.database().read(tx -> tx.count("select count(*) from organizations"));
        found(
                true,
                "database",
                "the database answers",
                core.database().dialect() + ", " + organizations
                        + (organizations == 1 ? " organization" : " organizations")
                        + (core.database().readOnly() ? ", read beside the running server" : ""));
        masterKey(core, organizations == 0);
        found(true, "catalog", "the catalogue is valid", core.catalog().all().size() + " models");
        found(true, "providers", "the providers are configured", "sandbox");
        for (CheckResult result : core.audit().run(atRest)) {
            String seen = result.seen() + " seen" + (result.ok() ? "" : ", " + result.broken() + " broken: ");
            found(result.ok(), result.id(), result.sentence(), seen + String.join("; ", result.examples()));
        }
    }

    private void masterKey(Core core, boolean fresh) {
        try {
            if (!fresh) {
                Installation.check(
                        core.database(),
                        MasterKey.of(
                                core.settings().security(), core.data().resolve(MasterKey.FILE), core.random(), false));
            }
            found(true, "master key", "what is sealed can be opened", fresh ? "nothing is set up yet" : "");
        } catch (ConfigException e) {
            found(false, "master key", "what is sealed can be opened", String.valueOf(e.getMessage()));
        }
    }

    private void found(boolean ok, String id, String sentence, String detail) {
        findings.add(new Finding(ok, id, sentence, detail));
    }

    private void print(Finding finding) {
        spec.commandLine().getOut().println(json ? object(finding) : row(finding));
    }

    private static String row(Finding finding) {
        String mark = Ansi.AUTO.string(finding.ok() ? "@|green ok    |@" : "@|red,bold BROKEN|@");
        String detail = finding.detail().isEmpty()
                ? ""
                : Ansi.AUTO.string("  @|faint (|@") + finding.detail() + Ansi.AUTO.string("@|faint )|@");
        return "  %s  %-10s  %s%s".formatted(mark, finding.id(), finding.sentence(), detail);
    }

    private static String object(Finding finding) {
        ObjectNode object = Json.object();
        object.put("ok", finding.ok())
                .put("id", finding.id())
                .put("sentence", finding.sentence())
                .put("detail", finding.detail());
        return object.toString();
    }
}
