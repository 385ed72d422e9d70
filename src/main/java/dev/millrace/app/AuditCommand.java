package dev.millrace.app;

import dev.millrace.api.millrace.audit.AuditApi;
import dev.millrace.api.millrace.audit.AuditBodies;
import dev.millrace.audit.runs.AuditRun;
import dev.millrace.audit.runs.Scope;
import dev.millrace.json.Json;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Whether the books are right. */
@Command(
        name = "audit",
        description = "The audit of the ledger: run, list, show, holds.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AuditCommand.Run.class,
            AuditCommand.ListRuns.class,
            AuditCommand.Show.class,
            AuditCommand.Holds.class
        })
final class AuditCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin audit needs one of: run, list, show, holds");
    }

    /** What the commands share. */
    abstract static class Desk extends Office {
        @Mixin
        private Remote remote = new Remote();

        final Remote remote() {
            return remote;
        }

        final void print(JsonNode answer) {
            out().println(json() ? answer.toString() : answer.toPrettyString());
            out().flush();
        }
    }

    /** Checks now. */
    @Command(
            name = "run",
            description = "Check the ledger now and end stuck holds by rule. Exit code 1 when something is broken.",
            mixinStandardHelpOptions = true)
    static final class Run extends Desk implements Callable<Integer> {
        @Option(names = "--full", description = "Everything that ever was, not only what is new.")
        private boolean full;

        @Override
        public Integer call() throws IOException {
            Scope scope = full ? Scope.FULL : Scope.NEW;
            if (remote().chosen()) {
                JsonNode made =
                        remote().send("POST", "/api/v1/audit/run", Json.object().put("scope", scope.wire()));
                print(made);
                return made.path("ok").asBoolean(false) ? ExitCode.OK : ExitCode.BROKEN;
            }
            return installed(core -> {
                AuditParts parts = AuditParts.of(core);
                AuditRun run = parts.runs().run(scope, "command line");
                print(Json.tree(AuditBodies.RunBody.of(run, parts.holds().resolve())));
                return run.ok() ? ExitCode.OK : ExitCode.BROKEN;
            });
        }
    }

    /** Shows runs. */
    @Command(name = "list", description = "Show the latest runs, the newest first.", mixinStandardHelpOptions = true)
    static final class ListRuns extends Desk implements Callable<Integer> {
        private static final int RUNS = 200;

        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                remote().send("GET", "/api/v1/audit/runs", null).path("data").forEach(this::line);
                return ExitCode.OK;
            }
            return installed(core -> {
                core.database()
                        .read(tx -> AuditParts.of(core).runs().store().runs(tx, RUNS))
                        .forEach(run -> line(Json.tree(AuditBodies.RunBody.of(run, null))));
                return ExitCode.OK;
            });
        }

        private void line(JsonNode run) {
            out().println(
                            json()
                                    ? run.toString()
                                    : "%s  %-4s  %-12s  %6d ms  %s  %s"
                                            .formatted(
                                                    run.path("started_at").asString(),
                                                    run.path("scope").asString(),
                                                    run.path("asked_by").asString(),
                                                    run.path("took_ms").asLong(),
                                                    run.path("ok").asBoolean()
                                                            ? "ok"
                                                            : run.path("broken").asLong() + " BROKEN",
                                                    run.path("id").asString()));
        }
    }

    /** Shows how the books stand. */
    @Command(
            name = "show",
            description = "Show the latest result of each check, and the open holds.",
            mixinStandardHelpOptions = true)
    static final class Show extends Desk implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                print(remote().send("GET", "/api/v1/audit", null));
                return ExitCode.OK;
            }
            return installed(core -> {
                AuditParts parts = AuditParts.of(core);
                print(Json.tree(core.database()
                        .read(tx -> AuditApi.state(tx, parts.runs().store(), parts.holds()))));
                return ExitCode.OK;
            });
        }
    }

    /** Shows holds. */
    @Command(
            name = "holds",
            description = "Show open holds by age, those that no rule can end, and what became of stuck ones.",
            mixinStandardHelpOptions = true)
    static final class Holds extends Desk implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                print(remote().send("GET", "/api/v1/audit/holds", null));
                return ExitCode.OK;
            }
            return installed(core -> {
                print(Json.tree(core.database()
                        .read(tx -> AuditApi.holds(tx, AuditParts.of(core).holds()))));
                return ExitCode.OK;
            });
        }
    }
}
