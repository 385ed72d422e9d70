package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.trail.TrailFilter;
import dev.millrace.trail.TrailPage;
import dev.millrace.trail.TrailTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/audit-log}: who changed what in the caller's organization, as JSON or as a table. */
final class AuditLogRoutes {
    private static final int EXPORT_MAX = 10_000;

    private final PeopleRooms rooms;

    AuditLogRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    /** With {@code format=csv} up to 10,000 lines at once; the header {@code Millrace-Next-Cursor} names the rest. */
    Response list(Request request) {
        Caller caller = rooms.callers().caller(request);
        TrailFilter filter = filter(request, caller);
        String format = request.query("format").orElse("json");
        if (!format.equals("json") && !format.equals("csv")) {
            throw Fields.wrong("format", "enum", "must be json or csv.");
        }
        Paging paging = Paging.of(request);
        boolean table = format.equals("csv");
        int limit = table && request.query("limit").isEmpty() ? EXPORT_MAX : paging.limit();
        TrailPage page = rooms.database().read(tx -> rooms.trail().list(tx, filter, paging.cursor(), limit));
        if (!table) {
            return Response.json(
                    200,
                    PageBody.of(page.lines().stream().map(AuditLineBody::of).toList(), page.next()));
        }
        Response answer = Response.bytes(
                200, "text/csv; charset=utf-8", TrailTable.csv(page.lines()).getBytes(StandardCharsets.UTF_8));
        return page.next() == null ? answer : answer.header("Millrace-Next-Cursor", page.next());
    }

    private static TrailFilter filter(Request request, Caller caller) {
        return new TrailFilter(
                organization(request, caller),
                request.query("actor").orElse(null),
                request.query("action").orElse(null),
                request.query("subject").orElse(null),
                time(request, "from"),
                time(request, "to"));
    }

    /** His own; another, or {@code all}, for whoever runs the installation. */
    private static @Nullable OrganizationId organization(Request request, Caller caller) {
        String named =
                request.query("organization").orElse(caller.organization().text());
        if (named.equals("all") && caller.may(Permission.OPERATE)) {
            return null;
        }
        return OrganizationId.parse(named)
                .filter(id -> id.equals(caller.organization()) || caller.may(Permission.OPERATE))
                .orElseThrow(() -> Fields.wrong("organization", "value", "must be your own."));
    }

    private static @Nullable Instant time(Request request, String name) {
        try {
            return request.query(name).map(Instant::parse).orElse(null);
        } catch (DateTimeParseException notATime) {
            throw Fields.wrong(name, "format", "must be a time, as 2026-11-21T10:00:00Z.");
        }
    }
}
