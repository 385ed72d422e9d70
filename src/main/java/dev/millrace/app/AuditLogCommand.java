package dev.millrace.app;

import dev.millrace.api.millrace.people.AuditLineBody;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.trail.TrailFilter;
import dev.millrace.trail.TrailLine;
import dev.millrace.trail.TrailTable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Who changed what. */
@Command(
        name = "audit-log",
        description = "Show who changed what, when and from where, the newest first.",
        mixinStandardHelpOptions = true)
final class AuditLogCommand extends Office implements Callable<Integer> {
    @Option(names = "--org", paramLabel = "ID", description = "Of one organization; otherwise of all.")
    private @Nullable OrganizationId organization;

    @Option(names = "--actor", description = "The id of a person or a key, or a kind, as operator.")
    private @Nullable String actor;

    @Option(names = "--action", description = "A whole action, as key.create, or its first word.")
    private @Nullable String action;

    @Option(names = "--limit", description = "How many lines at most (${DEFAULT-VALUE}).")
    private int limit = 100;

    @Option(names = "--csv", description = "As a table of comma-separated values.")
    private boolean csv;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        if (remote.chosen()) {
            return told();
        }
        return installed(core -> {
            TrailFilter filter = new TrailFilter(organization, actor, action, null, null, null);
            List<TrailLine> lines = core.database()
                    .read(tx -> core.trail().list(tx, filter, null, Math.max(1, limit)))
                    .lines();
            if (csv) {
                out().print(TrailTable.csv(lines));
                out().flush();
            } else {
                lines.forEach(line -> out().println(json() ? Json.text(AuditLineBody.of(line)) : line(line)));
            }
            return ExitCode.OK;
        });
    }

    /** As a server tells it: of the key's own organization, unless another is named. */
    private int told() throws IOException {
        String path = "/api/v1/audit-log?limit=" + Math.clamp(limit, 1, 200)
                + (organization == null ? "" : "&organization=" + organization)
                + (actor == null ? "" : "&actor=" + MoneyOffice.escaped(actor))
                + (action == null ? "" : "&action=" + MoneyOffice.escaped(action));
        if (csv) {
            out().print(remote.<String>through(null, client -> client.text(path + "&format=csv")));
            out().flush();
            return ExitCode.OK;
        }
        remote.send("GET", path, null)
                .path("data")
                .forEach(line -> out().println(json() ? Json.line(line) : line(line)));
        return ExitCode.OK;
    }

    private static String line(JsonNode line) {
        return "%s  %-22s  %s  by %s %s  %s"
                .formatted(
                        line.path("created_at").asString(),
                        line.path("action").asString(),
                        line.path("subject").asString(),
                        line.path("actor_kind").asString(),
                        line.path("actor").asString(""),
                        line.path("facts").isEmpty() ? "" : Json.line(line.path("facts")));
    }

    private static String line(TrailLine line) {
        return "%s  %-22s  %s  by %s %s  %s"
                .formatted(
                        line.at(),
                        line.action(),
                        line.subject(),
                        line.actor().kind().wire(),
                        line.actor().id(),
                        line.facts().isEmpty() ? "" : line.facts());
    }
}
