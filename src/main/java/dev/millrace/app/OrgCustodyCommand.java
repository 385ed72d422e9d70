package dev.millrace.app;

import dev.millrace.assets.Retentions;
import dev.millrace.config.ConfigException;
import dev.millrace.config.DurationText;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.ProblemException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What an operator decides about the files of an organization. */
final class OrgCustodyCommand {
    private OrgCustodyCommand() {}

    /** Sets how long outputs are kept. */
    @Command(
            name = "retention",
            description =
                    "Set how long an organization's outputs are kept, from now on, where a request does not say it.",
            mixinStandardHelpOptions = true)
    static final class Retention extends Office implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Its id.")
        private @Nullable OrganizationId organization;

        @Parameters(
                index = "1",
                paramLabel = "DURATION",
                description = "From 1h to 3650d, as 90d; \"model\" leaves it to each model again.")
        private String kept = "";

        @Override
        public Integer call() {
            OrganizationId whose = Objects.requireNonNull(organization);
            return installed(core -> {
                known(core, whose);
                try {
                    new Retentions(core.database()).set(whose, duration());
                } catch (IllegalArgumentException | ProblemException e) {
                    return refuse(
                            ExitCode.USAGE, "\"" + kept + "\" is no duration from 1h to 3650d such as 90d, nor model");
                }
                out().println(
                                json()
                                        ? Json.object()
                                                .put("organization", whose.text())
                                                .put("retention", kept)
                                                .toString()
                                        : "outputs of jobs from now on are kept "
                                                + (kept.equals("model") ? "as each model says" : kept));
                return ExitCode.OK;
            });
        }

        private @Nullable Duration duration() {
            return kept.equals("model") ? null : DurationText.parse(kept);
        }
    }

    /** Erases everything that an organization has. */
    @Command(
            name = "erase",
            description = "Erase all outputs, uploads and content of an organization; its books stay.",
            mixinStandardHelpOptions = true)
    static final class Erase extends Office implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "ORGANIZATION", description = "Its id.")
        private @Nullable OrganizationId organization;

        @Option(names = "--yes", description = "Yes, it can not be undone.")
        private boolean sure;

        @Override
        public Integer call() {
            OrganizationId whose = Objects.requireNonNull(organization);
            if (!sure) {
                return refuse(ExitCode.USAGE, "this can not be undone; say it again with --yes");
            }
            return installed(core -> {
                known(core, whose);
                core.database()
                        .writer()
                        .write(
                                whose.text(),
                                tx -> Jobs.eraseAll(
                                        tx, new DueWork(), whose, core.clock().instant()));
                out().println(
                                json()
                                        ? Json.object()
                                                .put("organization", whose.text())
                                                .put("erasing", true)
                                                .toString()
                                        : "what " + whose + " has now is erased as soon as a server runs");
                return ExitCode.OK;
            });
        }
    }

    private static void known(Core core, OrganizationId organization) {
        if (core.database()
                .read(tx -> core.organizations().find(tx, organization))
                .isEmpty()) {
            throw new ConfigException("there is no organization " + organization);
        }
    }
}
