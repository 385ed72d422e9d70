package dev.millrace.api.millrace.account;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.billing.Explanation;
import dev.millrace.billing.Explanations;
import dev.millrace.db.Database;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.json.Csv;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsagePage;
import dev.millrace.usage.UsageStatus;
import dev.millrace.usage.UsageStore;
import dev.millrace.usage.UsageTotal;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code GET /api/v1/usage}: one entry per request, or sums; the ledger's own numbers, as JSON or as a table. */
final class UsageRoutes {
    private static final int DAYS = 30;
    private static final int PAGE = 1000;
    private static final int MOST_ROWS = 100_000;

    private final Access access;
    private final Database database;
    private final UsageStore usage;
    private final Explanations explanations;
    private final InstantSource clock;

    UsageRoutes(Access access, Database database, UsageStore usage, Explanations explanations, InstantSource clock) {
        this.access = access;
        this.database = database;
        this.usage = usage;
        this.explanations = explanations;
        this.clock = clock;
    }

    /**
     * Query: {@code from} and {@code to} as dates (UTC, both included; the last 30 days), {@code group_by} as {@link UsageGroup};
     * without it the single rows, with {@code model}, {@code key}, {@code member}, {@code provider}, {@code status}, {@code cursor}
     * and {@code limit}. With {@code format=csv} all of them as one table, up to 100,000 rows.
     */
    Response list(Request request) {
        Principal principal = access.enter(request);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate to = date(request, "to", today);
        LocalDate from = date(request, "from", to.minusDays(DAYS - 1));
        if (from.isAfter(to)) {
            throw Fields.wrong("from", "value", "must not be after to.");
        }
        boolean csv = csv(request);
        Optional<String> group = request.query("group_by");
        if (group.isEmpty()) {
            UsageFilter filter = filter(request, from, to);
            return csv ? table(principal, filter) : rows(request, principal, filter);
        }
        UsageGroup by = UsageGroup.parse(group.get())
                .orElseThrow(() -> Fields.wrong("group_by", "enum", "must be one of " + UsageGroup.names() + "."));
        List<UsageTotal> totals = database.read(tx -> usage.totals(tx, principal.organization(), from, to, by));
        return csv
                ? file(UsageTable.ofTotals(totals))
                : Response.json(
                        200,
                        PageBody.of(
                                totals.stream().map(UsageBodies.TotalBody::of).toList(), null));
    }

    /** {@code GET /api/v1/usage/{id}/explain}: the id is that of a usage row, of a job, or of a live answer. */
    Response explain(Request request) {
        Principal principal = access.enter(request);
        String id = request.pathParam("id");
        Explanation told = database.read(tx -> Stream.of(id, "job:" + id, "live:" + id)
                        .flatMap(one -> explanations.find(tx, principal.organization(), one).stream())
                        .findFirst())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no such usage row; a request has one once it has ended."));
        return Response.json(200, ExplainBody.of(told));
    }

    private Response rows(Request request, Principal principal, UsageFilter filter) {
        Paging paging = Paging.of(request);
        UsagePage page =
                database.read(tx -> usage.list(tx, principal.organization(), filter, paging.cursor(), paging.limit()));
        return Response.json(
                200,
                PageBody.of(page.rows().stream().map(UsageBodies.RowBody::of).toList(), page.next()));
    }

    private Response table(Principal principal, UsageFilter filter) {
        Csv csv = UsageTable.ofRows();
        String cursor = null;
        int rows = 0;
        do {
            String place = cursor;
            UsagePage page = database.read(tx -> usage.list(tx, principal.organization(), filter, place, PAGE));
            page.rows().forEach(row -> UsageTable.add(csv, row));
            rows += page.rows().size();
            cursor = page.next();
            if (cursor != null && rows >= MOST_ROWS) {
                throw Fields.wrong(
                        "from",
                        "value",
                        "must be later: a table has up to " + MOST_ROWS
                                + " rows; ask for a shorter time, or page JSON.");
            }
        } while (cursor != null);
        return file(csv);
    }

    private static Response file(Csv csv) {
        return Response.bytes(200, Csv.CONTENT_TYPE, csv.text().getBytes(StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"usage.csv\"");
    }

    private static boolean csv(Request request) {
        return switch (request.query("format").orElse("json")) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw Fields.wrong("format", "enum", "must be json or csv.");
        };
    }

    private static UsageFilter filter(Request request, LocalDate from, LocalDate to) {
        return new UsageFilter(
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                request.query("model").orElse(null),
                request.query("key").map(KeyId::new).orElse(null),
                request.query("member")
                        .map(text -> MemberId.parse(text)
                                .orElseThrow(() -> Fields.wrong("member", "format", "must be the id of a member.")))
                        .orElse(null),
                request.query("provider").orElse(null),
                request.query("status")
                        .map(text -> UsageStatus.parse(text)
                                .orElseThrow(() ->
                                        Fields.wrong("status", "enum", "must be completed, failed, nsfw or canceled.")))
                        .orElse(null));
    }

    private static LocalDate date(Request request, String name, LocalDate otherwise) {
        Optional<String> text = request.query(name);
        try {
            LocalDate date = text.isEmpty() ? otherwise : LocalDate.parse(text.get());
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return date;
            }
        } catch (DateTimeParseException notADate) {
            // Told below, as a date that is out of range is.
        }
        throw Fields.wrong(name, "format", "must be a date from 2000 to 2199, as " + otherwise + ".");
    }
}
