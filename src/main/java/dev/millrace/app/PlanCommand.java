package dev.millrace.app;

import dev.millrace.access.Organization;
import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitRules;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Sets what may be used in a minute: by all organizations of a plan, or by one. */
@Command(
        name = "plan",
        description = "Set what the organizations of a plan, or one of them, may use in a minute.",
        mixinStandardHelpOptions = true)
final class PlanCommand extends Office implements Callable<Integer> {
    @Parameters(
            paramLabel = "RULES",
            description =
                    "As {\"requests_per_minute\": 600, \"models\": {\"acme/*\": {\"tokens_per_minute\": 90000}}}.")
    private String rules = "";

    @Option(names = "--plan", paramLabel = "NAME", description = "The plan; default is that of whoever has no other.")
    private @Nullable String plan;

    @Option(names = "--org", paramLabel = "ID", description = "One organization, whose rules go over its plan's.")
    private @Nullable OrganizationId organization;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        OrganizationId one = organization;
        String name = plan;
        if ((one == null) == (name == null)) {
            return refuse(ExitCode.USAGE, "say --plan NAME or --org ID");
        }
        String subject = one == null ? "plan:" + name : "organization:" + one;
        ObjectNode body = Json.parseObject(rules.getBytes(StandardCharsets.UTF_8));
        if (remote.chosen()) {
            String path = one == null ? "/api/v1/plans/" + name : "/api/v1/organizations/" + one + "/limits";
            return said(subject, remote.send("PUT", path, body));
        }
        LimitRules parsed;
        try {
            parsed = LimitRules.parse(body);
        } catch (IllegalArgumentException wrong) {
            return refuse(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
        return installed(core -> {
            LimitBook book = new LimitBook(core.database());
            Organization operator =
                    core.database().read(core.organizations()::list).getFirst();
            core.database().writer().write("limits", tx -> {
                if (one == null) {
                    book.setPlan(tx, String.valueOf(name), parsed);
                } else if (core.organizations().find(tx, one).isEmpty()) {
                    throw new ConfigException("there is no organization " + one);
                } else {
                    book.setOrganization(tx, one, parsed);
                }
                Actor actor = Actor.commandLine().about(one == null ? operator.id() : one);
                core.trail()
                        .write(
                                tx,
                                actor,
                                one == null ? "plan.set" : "limits.set",
                                subject,
                                Map.of("rules", parsed.body().toString()));
                return subject;
            });
            return said(subject, parsed.body());
        });
    }

    private int said(String subject, ObjectNode body) {
        out().println(json() ? body.toString() : subject + "  " + body);
        return ExitCode.OK;
    }
}
