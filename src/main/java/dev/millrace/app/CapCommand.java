package dev.millrace.app;

import dev.millrace.api.millrace.money.MoneyBodies.CapsBody;
import dev.millrace.api.millrace.money.MoneyBodies.RemovedBody;
import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Spend caps. */
@Command(
        name = "cap",
        description = "Spend caps of an organization, its members and keys: set, remove, list.",
        mixinStandardHelpOptions = true,
        subcommands = {CapCommand.Set.class, CapCommand.Remove.class, CapCommand.ListAll.class})
final class CapCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin cap needs one of: set, remove, list");
    }

    /** Which cap is meant. */
    abstract static class OfOne extends MoneyOffice {
        @Option(names = "--org", paramLabel = "ID", description = "Whose; needed when there is more than one.")
        private @Nullable OrganizationId organization;

        @Parameters(index = "0", paramLabel = "SUBJECT", description = "organization, key:ID or member:ID.")
        private String subject = "";

        @Parameters(index = "1", paramLabel = "PERIOD", description = "day, week, month or total.")
        private String period = "";

        final String path() {
            return "/api/v1/caps/" + escaped(subject) + "/" + escaped(period);
        }

        final @Nullable OrganizationId organization() {
            return organization;
        }

        final CapSubject subject(OrganizationId whose) {
            return CapSubject.of(whose, subject)
                    .orElseThrow(() -> new ConfigException("SUBJECT is organization, key:ID or member:ID"));
        }

        final CapPeriod period() {
            return CapPeriod.of(period).orElseThrow(() -> new ConfigException("PERIOD is day, week, month or total"));
        }
    }

    /** Sets a cap. */
    @Command(name = "set", description = "Set a cap; 0 lets nothing pass.", mixinStandardHelpOptions = true)
    static final class Set extends OfOne implements Callable<Integer> {
        @Parameters(index = "2", paramLabel = "USD", description = "The most that may be spent in one period.")
        private @Nullable Money limit;

        @Override
        public Integer call() throws IOException {
            Money most = Objects.requireNonNull(limit);
            if (remote()) {
                return through(
                        organization(),
                        client -> client.send("PUT", path(), Json.object().put("limit_usd", most.toUsd())));
            }
            CapPeriod which = period();
            return offline(organization(), whose -> (core, treasury, tx) -> {
                CapSubject capped = subject(whose);
                treasury.cap(tx, Actor.commandLine(), capped, which, most);
                return CapsBody.of(core.caps().of(tx, capped), List.of());
            });
        }
    }

    /** Removes a cap. */
    @Command(name = "remove", description = "Remove a cap.", mixinStandardHelpOptions = true)
    static final class Remove extends OfOne implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            if (remote()) {
                return through(organization(), client -> client.send("DELETE", path(), null));
            }
            CapPeriod which = period();
            return offline(
                    organization(),
                    whose -> (core, treasury, tx) ->
                            new RemovedBody("cap", treasury.cap(tx, Actor.commandLine(), subject(whose), which, null)));
        }
    }

    /** Shows all caps. */
    @Command(name = "list", description = "Show caps and what counts against them.", mixinStandardHelpOptions = true)
    static final class ListAll extends MoneyOffice implements Callable<Integer> {
        @Option(names = "--org", paramLabel = "ID", description = "Whose; needed when there is more than one.")
        private @Nullable OrganizationId organization;

        @Override
        public Integer call() throws IOException {
            if (remote()) {
                return through(organization, client -> client.send("GET", "/api/v1/caps", null));
            }
            return offline(
                    organization,
                    whose -> (core, treasury, tx) ->
                            CapsBody.of(core.caps().all(tx, whose), core.caps().events(tx, whose, 50)));
        }
    }
}
