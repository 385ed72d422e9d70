package dev.millrace.app;

import dev.millrace.access.Role;
import dev.millrace.access.Suspendable;
import dev.millrace.access.people.Members;
import dev.millrace.config.ConfigException;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Suspender;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Members of an organization. */
@Command(
        name = "member",
        description = "Members of an organization: list, role, suspend, resume.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MemberCommand.ListAll.class,
            MemberCommand.Give.class,
            MemberCommand.Suspend.class,
            MemberCommand.Resume.class
        })
final class MemberCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin member needs one of: list, role, suspend, resume");
    }

    private static final String PATH = "/api/v1/members";

    /** Shows the members. */
    @Command(name = "list", description = "Show the members, the oldest first.", mixinStandardHelpOptions = true)
    static final class ListAll extends PeopleOffice implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            return about("GET", PATH, null, (core, desk, whose) -> desk.members(whose));
        }
    }

    /** Gives another role. */
    @Command(name = "role", description = "Give a member another role.", mixinStandardHelpOptions = true)
    static final class Give extends PeopleOffice implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "MEMBER_ID", description = "As list shows it.")
        private String id = "";

        @Parameters(index = "1", paramLabel = "ROLE", description = "owner, admin, developer, billing or viewer.")
        private @Nullable Role role;

        @Override
        public Integer call() throws IOException {
            Role given = Objects.requireNonNull(role);
            MemberId member = member(id);
            return about(
                    "PATCH",
                    PATH + "/" + member,
                    Json.object().put("role", given.wire()),
                    (core, desk, whose) -> desk.role(Actor.commandLine(), whose, member, given));
        }
    }

    /** Suspends one. */
    @Command(name = "suspend", description = "Suspend a member and the member's keys.", mixinStandardHelpOptions = true)
    static final class Suspend extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "MEMBER_ID", description = "As list shows it.")
        private String id = "";

        @Option(names = "--reason", required = true, description = "What whoever is turned away reads.")
        private String reason = "";

        @Override
        public Integer call() throws IOException {
            MemberId member = member(id);
            return about(
                    "POST",
                    PATH + "/" + member + "/suspend",
                    Json.object().put("reason", reason),
                    (core, desk, whose) -> changed(core, whose, member, true, reason));
        }
    }

    /** Resumes one. */
    @Command(name = "resume", description = "Resume a suspended member.", mixinStandardHelpOptions = true)
    static final class Resume extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "MEMBER_ID", description = "As list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            MemberId member = member(id);
            return about(
                    "POST",
                    PATH + "/" + member + "/resume",
                    null,
                    (core, desk, whose) -> changed(core, whose, member, false, ""));
        }
    }

    private static Object changed(Core core, OrganizationId whose, MemberId member, boolean suspend, String reason) {
        Suspender suspender = new KeyParts(core).suspender();
        var who = new Suspendable.OfMember(member);
        boolean changed = core.database().writer().<Boolean>write(whose.text(), tx -> {
            Members members = new Members(core.ids());
            if (members.find(tx, whose, member).isEmpty()) {
                throw new ConfigException("the organization has no member " + member);
            }
            if (suspend && !members.keepsOwner(tx, whose, member)) {
                throw new ConfigException(
                        "the organization would have no owner who can sign in: make somebody else an owner first, or suspend the"
                                + " organization with \"admin org suspend\"");
            }
            return suspend
                    ? suspender.suspend(tx, Actor.commandLine(), whose, who, reason, false)
                    : suspender.resume(tx, Actor.commandLine(), whose, who, true);
        });
        return Json.object()
                .put("object", "member")
                .put("id", member.text())
                .put("suspended", suspend)
                .put("changed", changed);
    }

    private static MemberId member(String text) {
        return MemberId.parse(text).orElseThrow(() -> new ConfigException("\"" + text + "\" is no id of a member"));
    }
}
