package dev.millrace.app;

import dev.millrace.access.Environment;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.NewKey;
import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** API keys. */
@Command(
        name = "key",
        description = "API keys: create, list, change, rotate, end-former, rest, wake, suspend, resume, revoke.",
        mixinStandardHelpOptions = true,
        subcommands = {
            KeyCommand.Create.class,
            KeyCommand.ListAll.class,
            KeyDeeds.Change.class,
            KeyDeeds.Rotate.class,
            KeyDeeds.EndFormer.class,
            KeyDeeds.Rest.class,
            KeyDeeds.Wake.class,
            KeyDeeds.Suspend.class,
            KeyDeeds.Resume.class,
            KeyDeeds.Revoke.class
        })
final class KeyCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "admin key needs one of: create, list, change, rotate, end-former, rest, wake, suspend,"
                        + " resume, revoke");
    }

    /** The organization that was named, or the only one there is. */
    static OrganizationId organization(Core core, @Nullable OrganizationId named) {
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

        @Mixin
        private KeyWish wish = new KeyWish();

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            ObjectNode body = wish.body().put("name", name).put("environment", environment.wire());
            if (remote.chosen()) {
                ObjectNode made = remote.send("POST", "/api/v1/keys", body, organization);
                out().println(json() ? made.toString() : made.path("key").asString());
                return ExitCode.OK;
            }
            return installed(core -> {
                OrganizationId whose = organization(core, organization);
                NewKey key = core.database()
                        .writer()
                        .write(
                                whose.text(),
                                tx -> new KeyParts(core).desk().create(tx, Actor.commandLine(), whose, body));
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

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                ObjectNode all = remote.send(
                        "GET", "/api/v1/keys?include_disabled=true&include_revoked=true", null, organization);
                all.path("data").forEach(key -> out().println(json() ? key.toString() : line(key)));
                return ExitCode.OK;
            }
            return installed(core -> {
                OrganizationId whose = organization(core, organization);
                List<KeyInfo> keys = core.database().read(tx -> core.access().list(tx, whose));
                keys.forEach(key -> out().println(json() ? object(key) : line(key)));
                return ExitCode.OK;
            });
        }

        private static String line(KeyInfo key) {
            return line(
                    key.label(),
                    key.environment().wire(),
                    key.spec().role().wire(),
                    key.state().wire(),
                    key.name());
        }

        private static String line(tools.jackson.databind.JsonNode key) {
            return line(
                    key.path("label").asString(),
                    key.path("environment").asString(),
                    key.path("role").asString(),
                    key.path("state").asString(),
                    key.path("name").asString());
        }

        private static String line(String label, String environment, String role, String state, String name) {
            return "%s  %-4s  %-9s  %-9s  %s".formatted(label, environment, role, state, name);
        }

        private static String object(KeyInfo key) {
            return Json.object()
                    .put("key_id", key.id().text())
                    .put("organization", key.organization().text())
                    .put("name", key.name())
                    .put("environment", key.environment().wire())
                    .put("role", key.spec().role().wire())
                    .put("last_four", key.lastFour())
                    .put("active", key.active())
                    .put("state", key.state().wire())
                    .toString();
        }
    }
}
