package dev.millrace.api.millrace.account;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.db.Database;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsagePage;
import dev.millrace.usage.UsageStore;
import dev.millrace.usage.UsageTotal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/v1/usage}: one entry per settled request, or sums by day, model or key; the ledger's own numbers. */
final class UsageRoutes {
    private static final int DAYS = 30;

    private final Access access;
    private final Database database;
    private final UsageStore usage;
    private final InstantSource clock;

    UsageRoutes(Access access, Database database, UsageStore usage, InstantSource clock) {
        this.access = access;
        this.database = database;
        this.usage = usage;
        this.clock = clock;
    }

    /**
     * Query: {@code from} and {@code to} as dates (UTC, both included; the last 30 days), {@code group_by} {@code day}, {@code model} or
     * {@code key}; without it the single rows, with {@code model}, {@code cursor} and {@code limit}.
     */
    Response list(Request request) {
        Principal principal = access.enter(request);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate to = date(request, "to", today);
        LocalDate from = date(request, "from", to.minusDays(DAYS - 1));
        if (from.isAfter(to)) {
            throw Fields.wrong("from", "value", "must not be after to.");
        }
        Optional<String> group = request.query("group_by");
        if (group.isEmpty()) {
            return rows(request, principal, from, to);
        }
        UsageGroup by = UsageGroup.parse(group.get())
                .orElseThrow(() -> Fields.wrong("group_by", "enum", "must be day, model or key."));
        List<UsageTotal> totals = database.read(tx -> usage.totals(tx, principal.organization(), from, to, by));
        return Response.json(
                200, PageBody.of(totals.stream().map(UsageBodies.TotalBody::of).toList(), null));
    }

    private Response rows(Request request, Principal principal, LocalDate from, LocalDate to) {
        Paging paging = Paging.of(request);
        UsageFilter filter = new UsageFilter(
                from.atStartOfDay().toInstant(ZoneOffset.UTC),
                to.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                request.query("model").orElse(null),
                null);
        UsagePage page =
                database.read(tx -> usage.list(tx, principal.organization(), filter, paging.cursor(), paging.limit()));
        return Response.json(
                200,
                PageBody.of(page.rows().stream().map(UsageBodies.RowBody::of).toList(), page.next()));
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
