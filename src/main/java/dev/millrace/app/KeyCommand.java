package dev.millrace.app;

import dev.millrace.access.Environment;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.NewKey;
import dev.millrace.access.Principal;
import dev.millrace.config.ConfigException;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** API keys. */
@Command(
        name = "key",
        description = "API keys: create, list, revoke.",
        mixinStandardHelpOptions = true,
        subcommands = {KeyCommand.Create.class, KeyCommand.ListAll.class, KeyCommand.Revoke.class})
final class KeyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin key needs one of: create, list, revoke");
    }

    /** The organization that was named, or the only one there is. */
    private static OrganizationId organization(Core core, @Nullable OrganizationId named) {
        var all = core.database().read(core.organizations()::list);
        if (named == null && all.size() > 1) {
            throw new ConfigException("there is more than one organization: say which with --org ID");
        }
        return named == null
                ? all.getFirst().id()
                : all.stream()
                        .filter(one -> one.id().equals(named))
                        .findFirst()
                        .orElseThrow(() -> new ConfigException("there is no organization " + named))
                        .id();
    }

    /** Makes a key. */
    @Command(name = "create", description = "Make a key, shown once.", mixinStandardHelpOptions = true)
    static final class Create extends Office implements Callable<Integer> {
        @Option(names = "--org", paramLabel = "ID", description = "Whose; needed when there is more than one.")
        private @Nullable OrganizationId organization;

        @Option(names = "--name", description = "What it is for (${DEFAULT-VALUE}).")
        private String name = "key";

        @Option(
                names = "--environment",
                description = "test reaches the sandbox only, live every upstream (${DEFAULT-VALUE}).")
        private Environment environment = Environment.TEST;

        @Override
        public Integer call() {
            return installed(core -> {
                OrganizationId whose = organization(core, organization);
                NewKey key = core.database()
                        .writer()
                        .write(whose.text(), tx -> core.access().create(tx, whose, name, environment));
                out().println(json() ? new Setup.Made(name, key, Setup.WELCOME, environment).json() : key.full());
                return ExitCode.OK;
            });
        }
    }

    /** Shows an organization's keys. */
    @Command(name = "list", description = "Show an organization's keys.", mixinStandardHelpOptions = true)
    static final class ListAll extends Office implements Callable<Integer> {
        @Option(names = "--org", paramLabel = "ID", description = "Whose; needed when there is more than one.")
        private @Nullable OrganizationId organization;

        @Override
        public Integer call() {
            return installed(core -> {
                OrganizationId whose = organization(core, organization);
                List<KeyInfo> keys = core.database().read(tx -> core.access().list(tx, whose));
                keys.forEach(key -> out().println(json() ? object(key) : line(key)));
                return ExitCode.OK;
            });
        }

        private static String line(KeyInfo key) {
            return "mr_%s_…%s  %-4s  %-7s  %s"
                    .formatted(
                            key.id(),
                            key.lastFour(),
                            key.environment().wire(),
                            key.active() ? "active" : "revoked",
                            key.name());
        }

        private static String object(KeyInfo key) {
            return Json.object()
                    .put("key_id", key.id().text())
                    .put("organization", key.organization().text())
                    .put("name", key.name())
                    .put("environment", key.environment().wire())
                    .put("last_four", key.lastFour())
                    .put("active", key.active())
                    .toString();
        }
    }

    /** Ends a key. */
    @Command(name = "revoke", description = "Revoke a key, for good.", mixinStandardHelpOptions = true)
    static final class Revoke extends Office implements Callable<Integer> {
        @Parameters(paramLabel = "KEY_ID", description = "The part between the underscores of mr_<id>_<secret>.")
        private @Nullable KeyId id;

        @Override
        public Integer call() {
            KeyId key = java.util.Objects.requireNonNull(id);
            return installed(core -> {
                Optional<Principal> holder =
                        core.database().read(tx -> core.access().find(tx, key));
                boolean revoked = holder.isPresent()
                        && core.database()
                                .writer()
                                .<Boolean>write(
                                        holder.get().organization().text(),
                                        tx -> core.access()
                                                .revoke(tx, holder.get().organization(), key));
                if (!revoked) {
                    return refuse(ExitCode.BROKEN, "there is no active key " + key);
                }
                out().println(json() ? Json.object().put("revoked", key.text()).toString() : "revoked " + key);
                return ExitCode.OK;
            });
        }
    }
}
