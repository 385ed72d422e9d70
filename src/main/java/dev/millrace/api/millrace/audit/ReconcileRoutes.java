package dev.millrace.api.millrace.audit;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Database;
import dev.millrace.json.Csv;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.reconcile.Columns;
import dev.millrace.reconcile.MatchedLine;
import dev.millrace.reconcile.Period;
import dev.millrace.reconcile.Reconciliation;
import dev.millrace.reconcile.Reconciliations;
import dev.millrace.reconcile.Verdict;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Note;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What the operator does with upstreams' invoices. */
public final class ReconcileRoutes {
    static final Form BOOK = Form.object()
            .needs("reason", "string", "Why; it stands in the audit log.")
            .takes("reference", "string", "The number of the paper that says so.");
    private static final Money TOLERANCE = Money.usd("0.000001");
    private static final int LIST = 200;
    private static final int FINDINGS = 1_000;
    private static final int TABLE_PAGE = 5_000;

    private final Access access;
    private final Database database;
    private final Reconciliations reconciliations;

    public ReconcileRoutes(Access access, Database database, Reconciliations reconciliations) {
        this.access = access;
        this.database = database;
        this.reconciliations = reconciliations;
    }

    Response add(Request request) {
        Principal principal = access.enter(request);
        String provider = needed(request, "provider");
        Period period = Period.parse(needed(request, "period"));
        Columns columns = Columns.parse(request.query("columns").orElse(Columns.USUAL));
        Money tolerance = tolerance(request);
        if (!request.contentType().equals("text/csv")) {
            throw Problem.parameter("Content-Type", "must be text/csv, and the body the upstream's table.")
                    .toException();
        }
        Reconciliations.Imported imported = reconciliations.add(
                principal.actor(request.remoteAddress()),
                new Reconciliations.Wish(provider, period, columns, tolerance, file(request)));
        return Response.json(
                imported.made() ? 201 : 200, ReconcileBodies.ReconciliationBody.of(imported.reconciliation()));
    }

    private static byte[] file(Request request) {
        try (InputStream in = request.stream(Reconciliations.FILE_MAX)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw Problem.parameter("file", "did not arrive whole.").toException();
        }
    }

    Response list(Request request) {
        access.enter(request);
        return Response.json(
                200,
                PageBody.of(
                        database.read(tx -> reconciliations.list(tx, LIST)).stream()
                                .map(ReconcileBodies.ReconciliationBody::of)
                                .toList(),
                        null));
    }

    Response findings(Request request) {
        access.enter(request);
        Period period = Period.parse(needed(request, "period"));
        Money tolerance = tolerance(request);
        return Response.json(
                200,
                PageBody.of(
                        database.read(tx -> reconciliations.findings(tx, period, tolerance, FINDINGS)).stream()
                                .map(ReconcileBodies.FindingBody::of)
                                .toList(),
                        null));
    }

    Response one(Request request) {
        access.enter(request);
        Reconciliation found = database.read(tx -> reconciliations.find(tx, request.pathParam("id")));
        return Response.json(200, ReconcileBodies.ReconciliationBody.of(found));
    }

    Response lines(Request request) {
        access.enter(request);
        String id = request.pathParam("id");
        Optional<Verdict> verdict = verdict(request.query("verdict").orElse(""));
        if (request.query("format").orElse("json").equals("csv")) {
            String table = table(database, reconciliations, id, verdict);
            return Response.bytes(200, Csv.CONTENT_TYPE, table.getBytes(StandardCharsets.UTF_8));
        }
        Paging page = Paging.of(request);
        long after = after(page);
        List<MatchedLine> found = database.read(tx -> {
            reconciliations.find(tx, id);
            return reconciliations.lines(tx, id, verdict, after, page.limit());
        });
        String next = found.size() < page.limit()
                ? null
                : Long.toString(found.getLast().number());
        return Response.json(
                200,
                PageBody.of(found.stream().map(ReconcileBodies.LineBody::of).toList(), next));
    }

    /** All lines of a match, of one verdict or of all, as a table. */
    public static String table(
            Database database, Reconciliations reconciliations, String id, Optional<Verdict> verdict) {
        database.read(tx -> reconciliations.find(tx, id));
        Csv table = ReconcileBodies.table();
        long after = 0;
        List<MatchedLine> page;
        do {
            long from = after;
            page = database.read(tx -> reconciliations.lines(tx, id, verdict, from, TABLE_PAGE));
            ReconcileBodies.rows(table, page);
            after = page.isEmpty() ? after : page.getLast().number();
        } while (page.size() == TABLE_PAGE);
        return table.text();
    }

    /** The verdict of this name; empty for none. */
    public static Optional<Verdict> verdict(String name) {
        Optional<Verdict> verdict = Verdict.parse(name);
        if (verdict.isEmpty() && !name.isEmpty()) {
            throw Problem.parameter("verdict", "must be matched, differing, ours_only or theirs_only.")
                    .toException();
        }
        return verdict;
    }

    Response book(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(BOOK.names(), "");
        String id = request.pathParam("id");
        long line = number(request.pathParam("line"), "line");
        boolean booked = reconciliations.book(
                principal.actor(request.remoteAddress()), principal.organization(), id, line, note(body));
        return Response.json(booked ? 201 : 200, ReconcileBodies.BookedLineBody.of(id, line, booked));
    }

    private static Note note(Fields body) {
        String reference = body.textOrNull("reference");
        try {
            return new Note(body.text("reason"), reference == null ? "" : reference);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong("reason", "maxLength", String.valueOf(e.getMessage()) + ".");
        }
    }

    private static long after(Paging page) {
        String cursor = page.cursor();
        return cursor == null ? 0 : number(cursor, "cursor");
    }

    private static long number(String text, String name) {
        if (!text.matches("\\d{1,9}")) {
            throw Problem.parameter(name, "must be the number of a line.").toException();
        }
        return Long.parseLong(text);
    }

    private static Money tolerance(Request request) {
        return request.query("tolerance_usd").map(ReconcileRoutes::tolerance).orElse(TOLERANCE);
    }

    /** A tolerance as it is given. */
    public static Money tolerance(String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw Problem.parameter("tolerance_usd", "must be an amount of dollars, as 0.01.")
                    .toException();
        }
        return Money.usd(text);
    }

    private static String needed(Request request, String name) {
        return request.query(name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() ->
                        Problem.parameter(name, "must be given in the query.").toException());
    }
}
