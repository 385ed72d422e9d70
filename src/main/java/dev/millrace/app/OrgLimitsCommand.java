package dev.millrace.app;

import dev.millrace.id.OrganizationId;
import dev.millrace.limits.JobLimits;
import dev.millrace.limits.JobSlots;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets how many jobs an organization may have at once. */
@Command(
        name = "limits",
        description = "Put an organization on a plan: how many of its jobs may be open, and how many may run.",
        mixinStandardHelpOptions = true)
final class OrgLimitsCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
    private String organization = "";

    @Option(names = "--plan", required = true, description = "What you call this, as pro.")
    private String plan = "";

    @Option(names = "--open", required = true, description = "Queued and running together; more are refused.")
    private long open;

    @Option(names = "--running", required = true, description = "What may run; more wait.")
    private long running;

    @Override
    public Integer call() {
        return installed(core -> {
            Optional<OrganizationId> id = OrganizationId.parse(organization);
            if (id.isEmpty() || !known(core, id.get())) {
                return refuse(ExitCode.USAGE, "there is no organization " + organization);
            }
            JobLimits limits;
            try {
                limits = new JobLimits(plan, open, running);
            } catch (IllegalArgumentException wrong) {
                return refuse(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
            }
            core.database().writer().write(organization, tx -> {
                new JobSlots(core.settings().limits()).set(tx, id.get(), limits);
                return limits;
            });
            out().println("%s: plan %s, %,d open jobs, %,d running".formatted(organization, plan, open, running));
            return ExitCode.OK;
        });
    }

    private static boolean known(Core core, OrganizationId id) {
        return core.database()
                .<Boolean>read(tx -> core.organizations().find(tx, id).isPresent());
    }
}
