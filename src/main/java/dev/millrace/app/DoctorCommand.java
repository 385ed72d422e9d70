package dev.millrace.app;

import dev.millrace.audit.CheckResult;
import dev.millrace.audit.holds.HoldCase;
import dev.millrace.config.ConfigException;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.telemetry.Logs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
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

    @Mixin
    private Remote remote = new Remote();

    private final List<Finding> findings = new ArrayList<>();

    /** One row of the table. */
    private record Finding(boolean ok, String id, String sentence, String detail) {}

    @Override
    public Integer call() throws IOException {
        Logs.quiet();
        if (remote.chosen()) {
            running(remote.send("POST", "/api/v1/audit/run", Json.object()), remote.send("GET", "/api/v1/audit", null));
            findings.forEach(this::print);
            return findings.stream().allMatch(Finding::ok) ? ExitCode.OK : ExitCode.BROKEN;
        }
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
        holds(core);
    }

    /** What a running server finds now, and what it found last of what it does not check each time. */
    private void running(ObjectNode run, ObjectNode state) {
        found(true, "server", "the server answers", run.path("checks").size() + " checks made now");
        for (JsonNode check : state.path("checks")) {
            boolean ok = check.path("ok").asBoolean();
            StringJoiner detail = new StringJoiner("; ");
            detail.add(
                    check.path("seen").asLong() + " seen at " + check.path("at").asString());
            check.path("examples").forEach(example -> detail.add(example.asString()));
            found(ok, check.path("check").asString(), check.path("sentence").asString(), detail.toString());
        }
        for (JsonNode hold : state.path("holds").path("unresolved")) {
            found(
                    false,
                    "holds",
                    "every open hold has somebody who ends it",
                    unresolved(hold.path("hold").asString(), hold.path("found").asString()));
        }
    }

    private static String unresolved(String hold, String why) {
        return hold + ": " + why;
    }

    /** What the schedule found and could not end. */
    private void holds(Core core) {
        List<HoldCase> left =
                core.database().read(tx -> AuditParts.of(core).holds().store().left(tx, CheckResult.EXAMPLES_MAX));
        String detail =
                left.stream().map(one -> unresolved(one.hold(), one.found())).collect(Collectors.joining("; "));
        found(left.isEmpty(), "holds", "every open hold has somebody who ends it", detail);
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
