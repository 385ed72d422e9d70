package dev.millrace.app;

import dev.millrace.access.Organization;
import dev.millrace.api.millrace.audit.ReconcileBodies;
import dev.millrace.api.millrace.audit.ReconcileRoutes;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.reconcile.Columns;
import dev.millrace.reconcile.Period;
import dev.millrace.reconcile.Reconciliations;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Upstreams' invoices, matched with usage. */
@Command(
        name = "reconcile",
        description = "Upstreams' invoices: import, list, export, findings, book.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ReconcileCommand.Import.class,
            ReconcileCommand.ListAll.class,
            ReconcileCommand.Export.class,
            ReconcileCommand.Findings.class,
            ReconcileCommand.Book.class
        })
final class ReconcileCommand implements Runnable {
    private static final String PATH = "/api/v1/reconciliations";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "admin reconcile needs one of: import, list, export, findings, book");
    }

    /** What the commands share. */
    abstract static class Desk extends AuditCommand.Desk {
        final int at(BiFunction<Core, Reconciliations, Integer> work) {
            return installed(core -> {
                try {
                    return work.apply(core, AuditParts.of(core).reconciliations());
                } catch (ProblemException refused) {
                    return refuse(ExitCode.BROKEN, refused.problem().detail());
                }
            });
        }
    }

    /** Imports an invoice. */
    @Command(
            name = "import",
            description = "Match an upstream's invoice with usage; nothing in the ledger changes.",
            mixinStandardHelpOptions = true)
    static final class Import extends Desk implements Callable<Integer> {
        @Parameters(paramLabel = "FILE", description = "The invoice as comma-separated values.")
        private @Nullable Path file;

        @Option(names = "--provider", required = true, description = "The upstream's name, as deployments have it.")
        private String provider = "";

        @Option(names = "--period", required = true, description = "As 2026-11, or 2026-11-01..2026-11-15.")
        private String period = "";

        @Option(names = "--columns", description = "Which column is what (${DEFAULT-VALUE}).")
        private String columns = Columns.USUAL;

        @Option(names = "--tolerance", paramLabel = "USD", description = "What may differ (${DEFAULT-VALUE}).")
        private String tolerance = "0.000001";

        @Override
        public Integer call() throws IOException {
            byte[] bytes = Files.readAllBytes(Objects.requireNonNull(file));
            if (remote().chosen()) {
                print(remote().upload(
                                PATH + "?provider=" + MoneyOffice.escaped(provider) + "&period="
                                        + MoneyOffice.escaped(period) + "&columns=" + MoneyOffice.escaped(columns)
                                        + "&tolerance_usd=" + MoneyOffice.escaped(tolerance),
                                "text/csv",
                                bytes));
                return ExitCode.OK;
            }
            return at((core, reconciliations) -> {
                print(Json.tree(ReconcileBodies.ReconciliationBody.of(reconciliations
                        .add(
                                Actor.commandLine(),
                                new Reconciliations.Wish(
                                        provider,
                                        Period.parse(period),
                                        Columns.parse(columns),
                                        ReconcileRoutes.tolerance(tolerance),
                                        bytes))
                        .reconciliation())));
                return ExitCode.OK;
            });
        }
    }

    /** Shows matches. */
    @Command(name = "list", description = "Show the latest matches.", mixinStandardHelpOptions = true)
    static final class ListAll extends Desk implements Callable<Integer> {
        private static final int MOST = 200;

        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                remote().send("GET", PATH, null).path("data").forEach(this::line);
                return ExitCode.OK;
            }
            return at((core, reconciliations) -> {
                core.database()
                        .read(tx -> reconciliations.list(tx, MOST))
                        .forEach(made -> line(Json.tree(ReconcileBodies.ReconciliationBody.of(made))));
                return ExitCode.OK;
            });
        }

        private void line(JsonNode made) {
            out().println(
                            json()
                                    ? made.toString()
                                    : "%s  %-12s  %-10s  matched %d, differing %d, ours only %d, theirs only %d;  they ask %s, we reckoned %s"
                                            .formatted(
                                                    made.path("id").asString(),
                                                    made.path("provider").asString(),
                                                    made.path("period").asString(),
                                                    made.path("matched").asLong(),
                                                    made.path("differing").asLong(),
                                                    made.path("ours_only").asLong(),
                                                    made.path("theirs_only").asLong(),
                                                    made.path("theirs_usd").asString(),
                                                    made.path("ours_usd").asString()));
        }
    }

    /** Shows the lines of a match. */
    @Command(
            name = "export",
            description = "Print the lines of a match as comma-separated values.",
            mixinStandardHelpOptions = true)
    static final class Export extends Desk implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Of the match.")
        private String id = "";

        @Option(names = "--verdict", description = "matched, differing, ours_only or theirs_only; all otherwise.")
        private String verdict = "";

        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                out().print(remote().text(PATH + "/" + MoneyOffice.escaped(id) + "/lines?format=csv&verdict="
                        + MoneyOffice.escaped(verdict)));
                out().flush();
                return ExitCode.OK;
            }
            return at((core, reconciliations) -> {
                out().print(ReconcileRoutes.table(
                        core.database(), reconciliations, id, ReconcileRoutes.verdict(verdict)));
                out().flush();
                return ExitCode.OK;
            });
        }
    }

    /** Shows where upstreams themselves asked more than was charged. */
    @Command(
            name = "findings",
            description = "Show requests for which the upstream itself asked more than was charged.",
            mixinStandardHelpOptions = true)
    static final class Findings extends Desk implements Callable<Integer> {
        private static final int MOST = 1_000;

        @Option(names = "--period", required = true, description = "As 2026-11, or 2026-11-01..2026-11-15.")
        private String period = "";

        @Option(names = "--tolerance", paramLabel = "USD", description = "What may be more (${DEFAULT-VALUE}).")
        private String tolerance = "0.000001";

        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                print(remote().send(
                                "GET",
                                PATH + "/findings?period=" + MoneyOffice.escaped(period) + "&tolerance_usd="
                                        + MoneyOffice.escaped(tolerance),
                                null));
                return ExitCode.OK;
            }
            return at((core, reconciliations) -> {
                core.database()
                        .read(tx -> reconciliations.findings(
                                tx, Period.parse(period), ReconcileRoutes.tolerance(tolerance), MOST))
                        .forEach(finding -> out().println(Json.text(ReconcileBodies.FindingBody.of(finding))));
                return ExitCode.OK;
            });
        }
    }

    /** Books a difference. */
    @Command(
            name = "book",
            description = "Book what an upstream asks more, on one line of a match, to absorbed loss; once.",
            mixinStandardHelpOptions = true)
    static final class Book extends Desk implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ID", description = "Of the match.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "LINE", description = "The number of the line.")
        private long line;

        @Option(names = "--reason", required = true, description = "Why; it stands in the audit log.")
        private String reason = "";

        @Option(names = "--reference", description = "The number of the paper that says so.")
        private String reference = "";

        @Override
        public Integer call() throws IOException {
            if (remote().chosen()) {
                print(remote().send(
                                "POST",
                                PATH + "/" + MoneyOffice.escaped(id) + "/lines/" + line + "/book",
                                Json.object().put("reason", reason).put("reference", reference)));
                return ExitCode.OK;
            }
            return at((core, reconciliations) -> {
                OrganizationId operator = core.database()
                        .read(tx -> core.organizations().list(tx).stream()
                                .filter(Organization::operator)
                                .findFirst()
                                .orElseThrow()
                                .id());
                boolean booked = reconciliations.book(
                        Actor.commandLine().about(operator), operator, id, line, new Note(reason, reference));
                print(Json.tree(ReconcileBodies.BookedLineBody.of(id, line, booked)));
                return ExitCode.OK;
            });
        }
    }
}
