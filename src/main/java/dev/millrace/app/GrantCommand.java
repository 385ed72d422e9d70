package dev.millrace.app;

import dev.millrace.api.millrace.money.MoneyBodies.BookedBody;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Gives money for a time. */
@Command(
        name = "grant",
        description = "Give an organization money for a time; it is spent before paid money, and what is left expires.",
        mixinStandardHelpOptions = true)
final class GrantCommand extends MoneyOffice implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Parameters(index = "1", paramLabel = "USD", description = "How much.")
    private @Nullable Money amount;

    @Option(names = "--days", description = "How many days it can be spent (${DEFAULT-VALUE}).")
    private long days = 365;

    @Option(names = "--id", description = "Names it; a repeat of it changes nothing.")
    private @Nullable String id;

    @Override
    public Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(organization);
        Money money = Objects.requireNonNull(amount);
        if (!money.isPositive() || days < 1) {
            return refuse(ExitCode.USAGE, "the amount and the days must be above zero");
        }
        Duration lasts = Duration.ofDays(days);
        if (remote()) {
            ObjectNode body = Json.object()
                    .put("amount_usd", money.toUsd())
                    .put("expires_at", Wiring.now().plus(lasts).toString());
            if (id != null) {
                body.put("id", id);
            }
            return remotely("POST", "/api/v1/organizations/" + whose + "/grants", noted(body));
        }
        return offline(whose, known -> (core, treasury, tx) -> {
            String name = id == null ? "operator:" + core.ids().uuid() : id;
            Instant until = tx.now().plus(lasts);
            boolean booked = treasury.grant(tx, Actor.commandLine(), known, name, money, until, note());
            return BookedBody.of(
                    "grant", known.text(), name, booked, core.wallet().balance(tx, known));
        });
    }
}
