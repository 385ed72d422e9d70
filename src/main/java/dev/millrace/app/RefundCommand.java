package dev.millrace.app;

import dev.millrace.api.millrace.money.MoneyBodies.RefundBody;
import dev.millrace.config.ConfigException;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import dev.millrace.wallet.HoldId;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Pays a charge back into the wallet that it was taken from. */
@Command(
        name = "refund",
        description = "Pay part or all of a charge back into the wallet it was taken from.",
        mixinStandardHelpOptions = true)
final class RefundCommand extends MoneyOffice implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "CHARGE", description = "What was charged, as job:ID or live:ID.")
    private String charge = "";

    @Parameters(index = "1", paramLabel = "USD", description = "How much of it.")
    private @Nullable Money amount;

    @Option(names = "--number", description = "Which refund of it this is, from 1: a repeat of it changes nothing.")
    private @Nullable Integer number;

    @Override
    public Integer call() throws IOException {
        Money money = Objects.requireNonNull(amount);
        if (!money.isPositive()) {
            return refuse(ExitCode.USAGE, "the amount must be above zero");
        }
        if (note().reason().isBlank()) {
            return refuse(ExitCode.USAGE, "--reason is needed: why the charge is paid back");
        }
        if (remote()) {
            ObjectNode body = Json.object().put("charge", charge).put("amount_usd", money.toUsd());
            if (number != null) {
                body.put("number", number);
            }
            return remotely("POST", "/api/v1/refunds", noted(body));
        }
        return installed(core -> {
            HoldId hold = hold(charge);
            String lane = core.database()
                    .read(tx -> core.wallet().find(tx, hold))
                    .map(found -> found.organization().text())
                    .orElseThrow(() -> new ConfigException("there is no charge " + charge));
            return written(
                    core,
                    lane,
                    (all, treasury, tx) -> RefundBody.of(
                            charge, treasury.refund(tx, Actor.commandLine(), hold, number, money, note())));
        });
    }

    private static HoldId hold(String text) {
        try {
            return new HoldId(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("a charge is named as job:ID or live:ID");
        }
    }
}
