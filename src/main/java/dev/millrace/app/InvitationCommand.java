package dev.millrace.app;

import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.config.ConfigException;
import dev.millrace.id.InvitationId;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Invitations into an organization. */
@Command(
        name = "invitation",
        description = "Invitations into an organization: create, list, revoke.",
        mixinStandardHelpOptions = true,
        subcommands = {InvitationCommand.Create.class, InvitationCommand.ListAll.class, InvitationCommand.Revoke.class})
final class InvitationCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin invitation needs one of: create, list, revoke");
    }

    private static final String PATH = "/api/v1/invitations";

    /** Makes one. */
    @Command(
            name = "create",
            description = "Make a link with which somebody becomes a member, shown once.",
            mixinStandardHelpOptions = true)
    static final class Create extends PeopleOffice implements Callable<Integer> {
        @Option(names = "--role", description = "owner, admin, developer, billing or viewer (${DEFAULT-VALUE}).")
        private Role role = Role.DEVELOPER;

        @Option(names = "--email", description = "Whom it is for alone; otherwise whoever has the link.")
        private @Nullable String address;

        @Override
        public Integer call() throws IOException {
            ObjectNode body = Json.object().put("role", role.wire());
            Email email = address == null ? null : PersonCommand.email(address);
            return about(
                    "POST",
                    PATH,
                    email == null ? body : body.put("email", email.text()),
                    (core, desk, whose) -> desk.invite(Actor.commandLine(), whose, email, role));
        }
    }

    /** Shows them. */
    @Command(name = "list", description = "Show the last 200, the newest first.", mixinStandardHelpOptions = true)
    static final class ListAll extends PeopleOffice implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            return about("GET", PATH, null, (core, desk, whose) -> desk.invitations(whose));
        }
    }

    /** Revokes one. */
    @Command(name = "revoke", description = "Revoke an open invitation.", mixinStandardHelpOptions = true)
    static final class Revoke extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "As list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            InvitationId invitation = InvitationId.parse(id)
                    .orElseThrow(() -> new ConfigException("\"" + id + "\" is no id of an invitation"));
            return about(
                    "DELETE",
                    PATH + "/" + invitation,
                    null,
                    (core, desk, whose) -> desk.revoke(Actor.commandLine(), whose, invitation));
        }
    }
}
