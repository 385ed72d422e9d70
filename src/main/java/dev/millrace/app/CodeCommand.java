package dev.millrace.app;

import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.money.MoneyBodies.CodeBody;
import dev.millrace.api.millrace.money.MoneyBodies.RemovedBody;
import dev.millrace.billing.Codes;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Codes that give money for a time. */
@Command(
        name = "code",
        description = "Codes that give money for a time: create, list, end.",
        mixinStandardHelpOptions = true,
        subcommands = {CodeCommand.Create.class, CodeCommand.ListAll.class, CodeCommand.End.class})
final class CodeCommand implements Runnable {
    private static final String LANE = "codes";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin code needs one of: create, list, end");
    }

    /** Makes a code. */
    @Command(name = "create", description = "Make a code, shown once.", mixinStandardHelpOptions = true)
    static final class Create extends MoneyOffice implements Callable<Integer> {
        @Parameters(paramLabel = "USD", description = "What each organization gets that redeems it.")
        private @Nullable Money amount;

        @Option(names = "--uses", description = "How many organizations may redeem it (${DEFAULT-VALUE}).")
        private long uses = 1;

        @Option(names = "--redeem-days", description = "How many days it can be redeemed (${DEFAULT-VALUE}).")
        private long redeemDays = 30;

        @Option(names = "--lasts-days", description = "How many days what it gives can be spent (${DEFAULT-VALUE}).")
        private long lastsDays = 365;

        @Override
        public Integer call() throws IOException {
            Money money = Objects.requireNonNull(amount);
            if (remote()) {
                return remotely(
                        "POST",
                        "/api/v1/codes",
                        Json.object()
                                .put("amount_usd", money.toUsd())
                                .put("uses", uses)
                                .put(
                                        "redeem_until",
                                        Wiring.now()
                                                .plus(Duration.ofDays(redeemDays))
                                                .toString())
                                .put("lasts_days", lastsDays));
            }
            return installed(core -> written(core, LANE, (all, treasury, tx) -> {
                Codes.NewCode made = MoneyParts.of(core)
                        .codes()
                        .create(
                                tx,
                                Actor.commandLine(),
                                money,
                                uses,
                                tx.now().plus(Duration.ofDays(redeemDays)),
                                Duration.ofDays(lastsDays));
                return CodeBody.of(made.code(), made.text());
            }));
        }
    }

    /** Shows the latest codes. */
    @Command(name = "list", description = "Show the latest codes.", mixinStandardHelpOptions = true)
    static final class ListAll extends MoneyOffice implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            if (remote()) {
                return remotely("GET", "/api/v1/codes", null);
            }
            return installed(core -> written(
                    core,
                    LANE,
                    (all, treasury, tx) -> PageBody.of(
                            MoneyParts.of(core).codes().latest(tx, 200).stream()
                                    .map(code -> CodeBody.of(code, null))
                                    .toList(),
                            null)));
        }
    }

    /** Withdraws a code. */
    @Command(name = "end", description = "Withdraw a code; what it gave stays.", mixinStandardHelpOptions = true)
    static final class End extends MoneyOffice implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "The code's id, not its text.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            if (remote()) {
                return remotely("DELETE", "/api/v1/codes/" + escaped(id), null);
            }
            return installed(core -> written(
                    core,
                    LANE,
                    (all, treasury, tx) ->
                            new RemovedBody("code", MoneyParts.of(core).codes().end(tx, Actor.commandLine(), id))));
        }
    }
}
