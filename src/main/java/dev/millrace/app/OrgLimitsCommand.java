package dev.millrace.app;

import dev.millrace.id.OrganizationId;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.PlanChoice;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Puts an organization on a plan, with numbers of its own for its jobs. */
@Command(
        name = "limits",
        description = "Put an organization on a plan, and say how many of its jobs may be open and how many may run.",
        mixinStandardHelpOptions = true)
final class OrgLimitsCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Option(names = "--plan", required = true, description = "Its name, as pro; see \"admin plan\" for what it says.")
    private String plan = "";

    @Option(names = "--open", description = "Queued and running together; more are refused. Else what the plan says.")
    private @Nullable Long open;

    @Option(names = "--running", description = "What may run; more wait. Else what the plan says.")
    private @Nullable Long running;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(organization);
        PlanChoice choice;
        try {
            choice = new PlanChoice(plan, open, running);
        } catch (IllegalArgumentException wrong) {
            return refuse(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        if (remote.chosen()) {
            return said(whose, remote.send("PUT", "/api/v1/organizations/" + whose + "/plan", choice.body()));
        }
        return installed(core -> {
            if (core.database().read(tx -> core.organizations().find(tx, whose)).isEmpty()) {
                return refuse(ExitCode.USAGE, "there is no organization " + whose);
            }
            core.database().writer().write(whose.text(), tx -> {
                new JobSlots(core.settings().limits()).put(tx, whose, choice);
                core.trail()
                        .write(
                                tx,
                                Actor.commandLine().about(whose),
                                "limits.plan",
                                "organization:" + whose,
                                Map.of("choice", choice.body().toString()));
                return whose;
            });
            return said(whose, choice.body());
        });
    }

    private int said(OrganizationId whose, ObjectNode body) {
        out().println(json() ? body.toString() : whose + "  " + body);
        return ExitCode.OK;
    }
}
