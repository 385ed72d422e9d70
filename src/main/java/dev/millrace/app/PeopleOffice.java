package dev.millrace.app;

import dev.millrace.api.millrace.people.PeopleDesk;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands about people share: offline, or through a running server, and of which organization. */
abstract class PeopleOffice extends Office {
    @Option(
            names = "--org",
            paramLabel = "ID",
            description = "Of which organization; through a server, otherwise the key's own.")
    private @Nullable OrganizationId organization;

    @Mixin
    private Remote remote = new Remote();

    /** What is done in the data directory. */
    interface Work {
        Object done(Core core, PeopleDesk desk, OrganizationId whose);
    }

    final boolean remote() {
        return remote.chosen();
    }

    final @Nullable OrganizationId named() {
        return organization;
    }

    /** Asks a server for what concerns an organization, or does the work. */
    final int about(String method, String path, @Nullable ObjectNode body, Work offline) throws IOException {
        return remote.chosen()
                ? show(remote.send(method, path, body, organization))
                : offline(
                        (core, desk, ignored) -> offline.done(core, desk, KeyCommand.organization(core, organization)));
    }

    /** The same for what concerns the installation, or names the organization otherwise. */
    final int with(String method, String path, @Nullable ObjectNode body, Work offline) throws IOException {
        return remote.chosen() ? show(remote.send(method, path, body)) : offline(offline);
    }

    private int offline(Work work) {
        return installed(core -> {
            try (PeopleParts parts = new PeopleParts(core)) {
                OrganizationId own = core.database().read(core.organizations()::list).stream()
                        .filter(one -> one.operator())
                        .findFirst()
                        .orElseThrow()
                        .id();
                return show(Json.tree(work.done(core, new PeopleDesk(parts.rooms()), own)));
            } catch (ProblemException refused) {
                return refuse(ExitCode.BROKEN, refused.problem().detail());
            }
        });
    }

    /** Lists line by line, anything else as it is. */
    private int show(JsonNode answer) {
        if (json()) {
            out().println(Json.line(answer));
        } else if (answer.path("data").isArray()) {
            answer.path("data").forEach(one -> out().println(Json.line(one)));
        } else {
            out().println(Json.pretty(answer));
        }
        out().flush();
        return ExitCode.OK;
    }
}
