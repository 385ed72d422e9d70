package dev.millrace.app;

import dev.millrace.access.Organization;
import dev.millrace.access.Suspendable;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Suspender;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Suspends and resumes an organization, offline or through a running server. */
abstract class OrgStandingCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId id;

    @Mixin
    private Remote remote = new Remote();

    private final String verb;

    OrgStandingCommand(String verb) {
        this.verb = verb;
    }

    abstract ObjectNode body();

    abstract boolean done(Tx tx, Suspender suspender, OrganizationId organization);

    @Override
    public final Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(id);
        if (remote.chosen()) {
            ObjectNode answer = remote.send("POST", "/api/v1/organizations/" + whose.text() + "/" + verb, body());
            return answer.path("changed").asBoolean(true) ? said(whose) : already(whose);
        }
        return installed(core -> {
            Organization organization = core.database()
                    .read(tx -> core.organizations().find(tx, whose))
                    .orElseThrow(() -> new ConfigException("there is no organization " + whose));
            if (organization.operator()) {
                return refuse(ExitCode.USAGE, "the organization that runs this installation can not be suspended");
            }
            Suspender suspender = new KeyParts(core).suspender();
            boolean done = core.database().writer().<Boolean>write(whose.text(), tx -> done(tx, suspender, whose));
            return done ? said(whose) : already(whose);
        });
    }

    /** Nothing was done, and so nothing is claimed. */
    private int already(OrganizationId whose) {
        return refuse(
                ExitCode.BROKEN,
                whose + (verb.equals("resume") ? " is not suspended; nothing to resume" : " is suspended already"));
    }

    private int said(OrganizationId whose) {
        out().println(
                        json()
                                ? Json.object().put(verb, whose.text()).toString()
                                : (verb.endsWith("e") ? verb + "d " : verb + "ed ") + whose);
        return ExitCode.OK;
    }

    /** Suspends one. */
    @Command(
            name = "suspend",
            description = "Suspend an organization: it can look and pay, and nothing else.",
            mixinStandardHelpOptions = true)
    static final class Suspend extends OrgStandingCommand {
        @Option(names = "--reason", required = true, description = "What whoever is turned away reads.")
        private String reason = "";

        Suspend() {
            super("suspend");
        }

        @Override
        ObjectNode body() {
            return Json.object().put("reason", reason);
        }

        @Override
        boolean done(Tx tx, Suspender suspender, OrganizationId organization) {
            var who = new Suspendable.OfOrganization(organization);
            return suspender.suspend(tx, Actor.commandLine(), organization, who, reason, true);
        }
    }

    /** Resumes one. */
    @Command(name = "resume", description = "Resume a suspended organization.", mixinStandardHelpOptions = true)
    static final class Resume extends OrgStandingCommand {
        Resume() {
            super("resume");
        }

        @Override
        ObjectNode body() {
            return Json.object();
        }

        @Override
        boolean done(Tx tx, Suspender suspender, OrganizationId organization) {
            var who = new Suspendable.OfOrganization(organization);
            return suspender.resume(tx, Actor.commandLine(), organization, who, true);
        }
    }
}
