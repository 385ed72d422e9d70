package dev.millrace.app;

import dev.millrace.api.millrace.money.MoneyBodies.CreditBody;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sets a credit line. */
@Command(
        name = "credit",
        description = "Set how far an organization may spend before it pays; 0 for not at all.",
        mixinStandardHelpOptions = true)
final class CreditCommand extends MoneyOffice implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Parameters(index = "1", paramLabel = "USD", description = "How far.")
    private @Nullable Money line;

    @Override
    public Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(organization);
        Money money = Objects.requireNonNull(line);
        if (money.isNegative()) {
            return refuse(ExitCode.USAGE, "the line must not be below zero");
        }
        if (remote()) {
            return remotely(
                    "PUT",
                    "/api/v1/organizations/" + whose + "/credit",
                    noted(Json.object().put("line_usd", money.toUsd())));
        }
        return offline(whose, known -> (core, treasury, tx) -> {
            treasury.credit(tx, Actor.commandLine(), known, money, note());
            return CreditBody.of(known.text(), core.wallet().creditLine(tx, known));
        });
    }
}
