package dev.millrace.app;

import dev.millrace.api.millrace.people.AuditLineBody;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.trail.TrailFilter;
import dev.millrace.trail.TrailLine;
import dev.millrace.trail.TrailPage;
import dev.millrace.trail.TrailTable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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
    private static final int LINES = 100;
    private static final int PAGE = 1000;

    @Option(names = "--org", paramLabel = "ID", description = "Of one organization; otherwise of all.")
    private @Nullable OrganizationId organization;

    @Option(names = "--actor", description = "The id of a person or a key, or a kind, as operator.")
    private @Nullable String actor;

    @Option(names = "--action", description = "A whole action, as key.create, or its first word.")
    private @Nullable String action;

    @Option(names = "--subject", description = "To what it was done, as key:ID or member:ID.")
    private @Nullable String subject;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The first day or moment, as 2030-01-31 or 2030-01-31T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The last day, or the moment behind the last.")
    private @Nullable String to;

    @Option(names = "--limit", description = "How many lines at most (100; with --csv all).")
    private @Nullable Integer limit;

    @Option(names = "--csv", description = "As a table of comma-separated values.")
    private boolean csv;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        Integer asked = limit;
        if (asked != null && asked < 1) {
            return refuse(ExitCode.USAGE, "--limit is 1 or more, not " + asked);
        }
        int most = asked != null ? asked : csv ? Integer.MAX_VALUE : LINES;
        Instant first = moment("--from", from, 0);
        Instant end = moment("--to", to, 1);
        if (remote.chosen()) {
            return shown(remote.pages(path(first, end), most, null));
        }
        return installed(core -> {
            TrailFilter filter = new TrailFilter(organization, actor, action, subject, first, end);
            return shown(core.database().<List<JsonNode>>read(tx -> lines(core.trail(), tx, filter, most)));
        });
    }

    private static List<JsonNode> lines(Trail trail, Tx tx, TrailFilter filter, int most) {
        List<JsonNode> lines = new ArrayList<>();
        String cursor = null;
        do {
            TrailPage page = trail.list(tx, filter, cursor, Math.min(PAGE, most - lines.size()));
            page.lines().forEach(line -> lines.add(Json.tree(AuditLineBody.of(line))));
            cursor = page.next();
        } while (cursor != null && lines.size() < most);
        return lines;
    }

    /** A server tells of the key's own organization, unless another is named. */
    private String path(@Nullable Instant first, @Nullable Instant end) {
        StringBuilder path = new StringBuilder("/api/v1/audit-log?format=json");
        with(path, "organization", organization == null ? null : organization.text());
        with(path, "actor", actor);
        with(path, "action", action);
        with(path, "subject", subject);
        with(path, "from", first == null ? null : first.toString());
        with(path, "to", end == null ? null : end.toString());
        return path.toString();
    }

    private static void with(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(MoneyOffice.escaped(value));
        }
    }

    /** A day is read in UTC. */
    private static @Nullable Instant moment(String option, @Nullable String text, int daysOn) {
        if (text == null) {
            return null;
        }
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text)
                            .plusDays(daysOn)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant();
        } catch (DateTimeException unfit) {
            throw new ConfigException(
                    option + ": \"" + text + "\" is neither a day as 2030-01-31 nor a time as 2030-01-31T12:00:00Z");
        }
    }

    private int shown(List<JsonNode> lines) {
        if (csv) {
            out().print(TrailTable.csv(lines.stream().map(AuditLogCommand::read).toList()));
        } else {
            lines.forEach(line -> out().println(json() ? Json.line(line) : line(line)));
        }
        out().flush();
        return ExitCode.OK;
    }

    private static TrailLine read(JsonNode line) {
        Map<String, String> facts = new TreeMap<>();
        line.path("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asString()));
        Actor actor = new Actor(
                Actor.Kind.valueOf(line.path("actor_kind").asString().toUpperCase(Locale.ROOT)),
                line.path("actor").asString(""),
                OrganizationId.parse(line.path("organization").asString("")).orElse(null),
                line.path("address").asString(""));
        return new TrailLine(
                line.path("id").asString(),
                Instant.parse(line.path("created_at").asString()),
                actor,
                line.path("action").asString(),
                line.path("subject").asString(),
                facts);
    }

    private static String line(JsonNode line) {
        String address = line.path("address").asString("");
        return "%s  %-22s  %s  by %s %s%s  %s"
                .formatted(
                        line.path("created_at").asString(),
                        line.path("action").asString(),
                        line.path("subject").asString(),
                        line.path("actor_kind").asString(),
                        line.path("actor").asString(""),
                        address.isEmpty() ? "" : "  from " + address,
                        line.path("facts").isEmpty() ? "" : Json.line(line.path("facts")))
                .stripTrailing();
    }
}
