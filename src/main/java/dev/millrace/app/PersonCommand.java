package dev.millrace.app;

import dev.millrace.access.Organization;
import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Person;
import dev.millrace.api.millrace.people.PeopleRooms;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** People. */
@Command(
        name = "person",
        description = "People: create, list, password-link, end-two-step.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PersonCommand.Create.class,
            PersonCommand.ListAll.class,
            PersonCommand.PasswordLink.class,
            PersonCommand.EndTwoStep.class
        })
final class PersonCommand implements Runnable {
    private static final int PASSWORD_LETTERS = 20;
    private static final int SHOWN = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "admin person needs one of: create, list, password-link, end-two-step");
    }

    /** Makes a person a member of an organization; a new one gets a password that is shown once. */
    @Command(
            name = "create",
            description = "Make somebody a member of an organization. Who is new gets a password, shown once.",
            mixinStandardHelpOptions = true)
    static final class Create extends Office implements Callable<Integer> {
        @Parameters(paramLabel = "EMAIL", description = "The address that signs in.")
        private String address = "";

        @Option(names = "--name", description = "What to call the person; otherwise the address.")
        private @Nullable String name;

        @Option(names = "--org", paramLabel = "ID", description = "Where; otherwise the operator's organization.")
        private @Nullable OrganizationId organization;

        @Option(names = "--role", description = "owner, admin, developer, billing or viewer (${DEFAULT-VALUE}).")
        private Role role = Role.OWNER;

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            Email email = email(address);
            if (remote.chosen()) {
                ObjectNode body = Json.object().put("email", email.text()).put("role", role.wire());
                if (name != null) {
                    body.put("name", name);
                }
                if (organization != null) {
                    body.put("organization", organization.text());
                }
                ObjectNode made = remote.send("POST", "/api/v1/people", body);
                out().println(json() ? Json.line(made) : Json.pretty(made));
                return ExitCode.OK;
            }
            return installed(core -> {
                try (PeopleParts parts = new PeopleParts(core)) {
                    return create(core, parts.rooms(), email);
                } catch (ProblemException e) {
                    return refuse(ExitCode.BROKEN, e.problem().detail());
                }
            });
        }

        private int create(Core core, PeopleRooms rooms, Email email) {
            String password = core.ids().text(PASSWORD_LETTERS);
            String hash = rooms.passwords().hash("password", password, email);
            OrganizationId where = where(core);
            boolean fresh =
                    core.database().writer().<Boolean>write(where.text(), tx -> add(tx, rooms, email, hash, where));
            if (json()) {
                var made = Json.object().put("email", email.text()).put("organization", where.text());
                out().println((fresh ? made.put("password", password) : made).toString());
            } else {
                out().println(
                                fresh
                                        ? "person    %s%npassword  %s   (shown once)".formatted(email, password)
                                        : email + " was here already, and is a member now");
            }
            return ExitCode.OK;
        }

        private boolean add(Tx tx, PeopleRooms rooms, Email email, String hash, OrganizationId where) {
            boolean fresh = rooms.people().find(tx, email).isEmpty();
            PersonId person = fresh
                    ? rooms.people()
                            .add(tx, email, name == null ? email.text() : name, hash, true)
                            .orElseThrow()
                    : rooms.people().find(tx, email).orElseThrow().id();
            if (rooms.members().add(tx, where, person, role).isEmpty()) {
                throw new ConfigException(email + " is a member already");
            }
            rooms.trail()
                    .write(
                            tx,
                            Actor.commandLine().about(where),
                            "member.add",
                            "person:" + person,
                            Map.of("role", role.wire()));
            return fresh;
        }

        private OrganizationId where(Core core) {
            List<Organization> all = core.database().read(core.organizations()::list);
            return all.stream()
                    .filter(one ->
                            organization == null ? one.operator() : one.id().equals(organization))
                    .findFirst()
                    .orElseThrow(() -> new ConfigException("there is no organization " + organization))
                    .id();
        }
    }

    /** Shows people. */
    @Command(name = "list", description = "Show the people, the newest first.", mixinStandardHelpOptions = true)
    static final class ListAll extends Office implements Callable<Integer> {
        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                remote.send("GET", "/api/v1/people", null)
                        .path("data")
                        .forEach(person -> out().println(
                                        json()
                                                ? Json.line(person)
                                                : "%s  %s  %s"
                                                        .formatted(
                                                                person.path("id")
                                                                        .asString(),
                                                                person.path("email")
                                                                        .asString(),
                                                                person.path("name")
                                                                        .asString())));
                return ExitCode.OK;
            }
            return installed(core -> {
                try (PeopleParts parts = new PeopleParts(core)) {
                    core.database()
                            .<List<Person>>read(tx -> parts.rooms().people().list(tx, SHOWN))
                            .forEach(person -> out().println(line(person)));
                }
                return ExitCode.OK;
            });
        }

        private String line(Person person) {
            return json()
                    ? Json.object()
                            .put("person", person.id().text())
                            .put("email", person.email().text())
                            .put("name", person.name())
                            .put("two_step", person.twoStep())
                            .toString()
                    : "%s  %s  %s".formatted(person.id(), person.email(), person.name());
        }
    }

    /** Makes a link to set a password. */
    @Command(
            name = "password-link",
            description = "Make a link with which a person sets a new password, shown once.",
            mixinStandardHelpOptions = true)
    static final class PasswordLink extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "EMAIL", description = "The address that signs in.")
        private String address = "";

        @Override
        public Integer call() throws IOException {
            Email email = email(address);
            return with(
                    "POST",
                    "/api/v1/password-links",
                    Json.object().put("email", email.text()),
                    (core, desk, own) -> desk.passwordLink(Actor.commandLine().about(own), email, ""));
        }
    }

    static Email email(String address) {
        return Email.parse(address).orElseThrow(() -> new ConfigException(address + " is no e-mail address"));
    }

    /** Helps who has lost every code. */
    @Command(
            name = "end-two-step",
            description = "End the two-step sign-in of who has lost the authenticator and every recovery code.",
            mixinStandardHelpOptions = true)
    static final class EndTwoStep extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "PERSON_ID", description = "As list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            PersonId person =
                    PersonId.parse(id).orElseThrow(() -> new ConfigException("\"" + id + "\" is no id of a person"));
            return with(
                    "DELETE",
                    "/api/v1/people/" + person + "/totp",
                    null,
                    (core, desk, own) -> desk.endTwoStep(Actor.commandLine().about(own), person, (tx, anybody) -> {}));
        }
    }
}
