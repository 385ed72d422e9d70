package dev.millrace.console.account;

import dev.millrace.access.KeyInfo;
import dev.millrace.access.people.Member;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.TrailFilter;
import dev.millrace.trail.TrailLine;
import dev.millrace.trail.TrailPage;
import dev.millrace.trail.TrailTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code GET /console/audit}: who changed what in the organization, when and from where; the same as a table. */
public final class AuditPage {
    private static final int LINES = 50;
    private static final int EXPORT_MAX = 10_000;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    AuditPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** One line, with names where they are known. */
    public record Line(String at, String who, String id, String address, String action, String subject, String facts) {}

    /** {@code GET /console/audit}: query {@code action}, {@code actor}, {@code from}, {@code to}, {@code cursor}. */
    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        OrganizationId organization = visitor.caller().organization();
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        TrailFilter filter = filter(request, organization);
        record Read(TrailPage page, Map<String, String> names) {}
        Read read = rooms.database()
                .read(tx -> new Read(rooms.trail().list(tx, filter, cursor, LINES), names(tx, organization)));
        String next = read.page().next();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/audit.jte",
                        "Audit log",
                        "Who changed what.",
                        null,
                        Map.of(
                                "lines",
                                read.page().lines().stream()
                                        .map(line -> line(line, read.names()))
                                        .toList(),
                                "next",
                                next == null ? "" : next,
                                "action",
                                request.query("action").orElse(""),
                                "actor",
                                request.query("actor").orElse(""),
                                "from",
                                request.query("from").orElse(""),
                                "to",
                                request.query("to").orElse(""))),
                Visitors.told(visitor));
    }

    /** {@code GET /console/audit/csv}: up to 10,000 lines at once; the header {@code Millrace-Next-Cursor} names the rest. */
    Response csv(Request request) {
        Visitor visitor = visitors.enter(request);
        TrailFilter filter = filter(request, visitor.caller().organization());
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        TrailPage page = rooms.database().read(tx -> rooms.trail().list(tx, filter, cursor, EXPORT_MAX));
        Response file = Response.bytes(
                        200,
                        "text/csv; charset=utf-8",
                        TrailTable.csv(page.lines()).getBytes(StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"audit-log.csv\"")
                .header("Cache-Control", "no-store");
        String next = page.next();
        return next == null ? file : file.header("Millrace-Next-Cursor", next);
    }

    private static TrailFilter filter(Request request, OrganizationId organization) {
        return new TrailFilter(
                organization,
                text(request, "actor"),
                text(request, "action"),
                null,
                day(request, "from", 0),
                day(request, "to", 1));
    }

    private static @Nullable String text(Request request, String name) {
        return request.query(name)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse(null);
    }

    private static @Nullable Instant day(Request request, String name, int plus) {
        String text = text(request, name);
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text)
                    .plusDays(plus)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
        } catch (DateTimeParseException notADate) {
            throw Problem.parameter(name, "must be a date, as 2026-11-01.").toException();
        }
    }

    private static Line line(TrailLine line, Map<String, String> names) {
        String id = line.actor().id();
        return new Line(
                Moments.of(line.at()),
                names.getOrDefault(id, line.actor().kind().wire()),
                id,
                line.actor().address(),
                line.action(),
                line.subject(),
                line.facts().entrySet().stream()
                        .map(fact -> fact.getKey() + " " + fact.getValue())
                        .collect(Collectors.joining(", ")));
    }

    /** Who is called what: the members of now and every key that there was. */
    private Map<String, String> names(Tx tx, OrganizationId organization) {
        List<Member> members = rooms.members().list(tx, organization);
        List<KeyInfo> keys = rooms.keyring().access().list(tx, organization);
        Map<String, String> names = new HashMap<>();
        members.forEach(member -> names.put(member.person().text(), member.name()));
        keys.forEach(key -> names.put(key.id().text(), "key " + key.name()));
        return names;
    }
}
