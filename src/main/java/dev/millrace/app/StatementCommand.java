package dev.millrace.app;

import dev.millrace.api.millrace.money.WalletStatement;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A wallet over some days. */
@Command(
        name = "statement",
        description = "All that moved in a wallet in some days: opening, movements, closing.",
        mixinStandardHelpOptions = true)
final class StatementCommand extends MoneyOffice implements Callable<Integer> {
    @Option(names = "--org", paramLabel = "ID", description = "Whose; needed when there is more than one.")
    private @Nullable OrganizationId organization;

    @Option(names = "--from", paramLabel = "DATE", description = "The first day; the first of the month otherwise.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DATE", description = "The last day; today otherwise.")
    private @Nullable String to;

    @Option(names = "--csv", description = "A table instead of JSON.")
    private boolean csv;

    @Override
    public Integer call() throws IOException {
        if (remote()) {
            String path = "/api/v1/wallet/statement?format=" + (csv ? "csv" : "json")
                    + (from == null ? "" : "&from=" + escaped(from))
                    + (to == null ? "" : "&to=" + escaped(to));
            return csv
                    ? through(organization, client -> client.text(path))
                    : through(organization, client -> client.send("GET", path, null));
        }
        return installed(core -> {
            OrganizationId whose = KeyCommand.organization(core, organization);
            try {
                WalletStatement statement = core.database()
                        .read(tx -> WalletStatement.read(tx, core.wallet(), core.organizations(), whose, from, to));
                return csv ? say(statement.csv().stripTrailing()) : print(Json.tree(statement.body()));
            } catch (ProblemException refused) {
                return refuse(ExitCode.USAGE, refused.problem().detail());
            }
        });
    }
}
