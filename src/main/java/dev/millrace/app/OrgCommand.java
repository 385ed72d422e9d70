package dev.millrace.app;

import dev.millrace.access.Environment;
import dev.millrace.access.Organization;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.wallet.Balance;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Organizations. */
@Command(
        name = "org",
        description = "Organizations: create, list, limits, billing, suspend, resume, retention, erase.",
        mixinStandardHelpOptions = true,
        subcommands = {
            OrgCommand.Create.class,
            OrgCommand.ListAll.class,
            OrgLimitsCommand.class,
            OrgStandingCommand.Suspend.class,
            OrgStandingCommand.Resume.class,
            OrgBillingCommand.class,
            OrgCustodyCommand.Retention.class,
            OrgCustodyCommand.Erase.class
        })
final class OrgCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "admin org needs one of: create, list, limits, billing, suspend, resume, retention, erase");
    }

    /** Adds an organization with a wallet and a key. */
    @Command(
            name = "create",
            description =
                    "Add an organization with a wallet and a key, shown once; offline, or through a running server.",
            mixinStandardHelpOptions = true)
    static final class Create extends Office implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "Its name.")
        private String name = "";

        @Option(
                names = "--wallet",
                paramLabel = "USD",
                description = "The test money in its wallet (${DEFAULT-VALUE}).")
        private Money wallet = Setup.WELCOME;

        @Option(names = "--url", description = "A running server to do it through, instead of a data directory.")
        private @Nullable String url;

        @Option(names = "--key", description = "A key of the operator's organization, for --url.")
        private @Nullable String key;

        @Override
        public Integer call() throws IOException {
            if (url != null) {
                return key == null
                        ? refuse(ExitCode.USAGE, "--url needs --key, a key of the operator's organization")
                        : remote(url, key);
            }
            return installed(core -> {
                Setup.Made made = Setup.organization(core, name, wallet, Environment.TEST);
                out().println(json() ? made.json() : line(made));
                return ExitCode.OK;
            });
        }

        private int remote(String server, String operatorKey) throws IOException {
            ObjectNode made = RemoteAdmin.createOrganization(server, operatorKey, name, wallet);
            out().println(json() ? Json.line(made) : Json.pretty(made));
            return ExitCode.OK;
        }

        private static String line(Setup.Made made) {
            return "organization  %s  (%s)%nwallet        %s USD, test money%nkey           %s   (shown once)"
                    .formatted(
                            made.name(),
                            made.organization(),
                            made.wallet().toUsd(),
                            made.key().full());
        }
    }

    /** Shows all organizations. */
    @Command(name = "list", description = "Show all organizations.", mixinStandardHelpOptions = true)
    static final class ListAll extends Office implements Callable<Integer> {
        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                remote.send("GET", "/api/v1/organizations", null).path("data").forEach(this::show);
                return ExitCode.OK;
            }
            return installed(core -> {
                core.database()
                        .<List<String>>read(tx -> core.organizations().list(tx).stream()
                                .map(organization ->
                                        line(organization, core.wallet().balance(tx, organization.id())))
                                .toList())
                        .forEach(out()::println);
                return ExitCode.OK;
            });
        }

        /** A server tells who there is; what each has says its wallet. */
        private void show(JsonNode organization) {
            out().println(
                            json()
                                    ? Json.line(organization)
                                    : organization.path("id").asString() + "  "
                                            + organization.path("name").asString()
                                            + (organization.path("operator").asBoolean() ? "  (operator)" : ""));
        }

        private String line(Organization organization, Balance balance) {
            if (json()) {
                return Json.object()
                        .put("organization", organization.id().text())
                        .put("name", organization.name())
                        .put("operator", organization.operator())
                        .put("available_usd", balance.available().toUsd())
                        .put("held_usd", balance.held().toUsd())
                        .toString();
            }
            return "%s  %12s USD  %s%s"
                    .formatted(
                            organization.id(),
                            balance.available().toUsd(2),
                            organization.name(),
                            organization.operator() ? "  (operator)" : "");
        }
    }
}
