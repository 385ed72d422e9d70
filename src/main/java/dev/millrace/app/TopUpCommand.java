package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Funding;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Adds money to a wallet. */
@Command(
        name = "topup",
        description = "Add money to an organization's wallet; the same cause counts once.",
        mixinStandardHelpOptions = true)
final class TopUpCommand extends MoneyOffice implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Parameters(index = "1", paramLabel = "USD", description = "How much.")
    private @Nullable Money amount;

    @Option(names = "--cause", description = "What it is for, as an invoice number; a repeat of it changes nothing.")
    private @Nullable String cause;

    @Option(names = "--promotion", description = "It is a gift, not a payment.")
    private boolean promotion;

    @Override
    public Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(organization);
        Money money = Objects.requireNonNull(amount);
        if (!money.isPositive()) {
            return refuse(ExitCode.USAGE, "the amount must be above zero");
        }
        if (remote()) {
            ObjectNode body = Json.object().put("amount_usd", money.toUsd()).put("promotion", promotion);
            if (cause != null) {
                body.put("cause", cause);
            }
            return remotely("POST", "/api/v1/organizations/" + whose + "/topups", noted(body));
        }
        return installed(core -> {
            if (core.database().read(tx -> core.organizations().find(tx, whose)).isEmpty()) {
                throw new ConfigException("there is no organization " + whose);
            }
            String why = cause == null ? "operator:" + core.ids().uuid() : cause;
            boolean booked = core.database()
                    .writer()
                    .<Boolean>write(
                            whose.text(),
                            tx -> MoneyParts.of(core)
                                    .treasury()
                                    .topUp(
                                            tx,
                                            Actor.commandLine(),
                                            whose,
                                            why,
                                            money,
                                            promotion ? Funding.PROMOTION : Funding.CASH_IN,
                                            note()));
            Balance balance = core.database().read(tx -> core.wallet().balance(tx, whose));
            out().println(json() ? object(whose, booked, balance) : line(booked, money, balance));
            return ExitCode.OK;
        });
    }

    private static String line(boolean booked, Money money, Balance balance) {
        return (booked ? "added " + money : "nothing added: this cause was booked before") + "; available "
                + balance.available();
    }

    private static String object(OrganizationId organization, boolean booked, Balance balance) {
        return Json.object()
                .put("organization", organization.text())
                .put("booked", booked)
                .put("available_usd", balance.available().toUsd())
                .put("held_usd", balance.held().toUsd())
                .toString();
    }
}
