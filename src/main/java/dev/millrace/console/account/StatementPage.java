package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.StatementLine;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code GET /console/statement}: what the wallet had, what moved and what it had then, on a page and as files. */
public final class StatementPage {
    private static final int SHOWN = 100;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    StatementPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** All movements of one kind. */
    public record Sum(String kind, long count, String available, String held) {}

    /** One movement. */
    public record Line(String at, String kind, String subject, String why, String available, String held) {
        static Line of(StatementLine line) {
            return new Line(
                    Moments.of(line.transfer().createdAt()),
                    line.transfer().kind().code(),
                    line.transfer().subject(),
                    (line.note().reason() + " " + line.note().reference()).strip(),
                    Cash.change(line.available()),
                    Cash.change(line.held()));
        }
    }

    /**
     * All that the page shows.
     *
     * @param lines the latest movements, newest first; all are in the files
     */
    public record View(
            String from,
            String to,
            String zone,
            String opening,
            String openingHeld,
            String closing,
            String closingHeld,
            List<Sum> sums,
            List<Line> lines,
            int count,
            String failure) {}

    /** {@code GET /console/statement}: query {@code from} and {@code to}. */
    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        try {
            return page(request, visitor, 200, view(read(request, visitor)));
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            View none = new View(
                    request.query("from").orElse(""),
                    request.query("to").orElse(""),
                    "",
                    "",
                    "",
                    "",
                    "",
                    List.of(),
                    List.of(),
                    0,
                    Blunder.told(problem));
            return page(request, visitor, problem.code().status(), none);
        }
    }

    private Statements.Period read(Request request, Visitor visitor) {
        return rooms.database()
                .read(tx -> rooms.organization()
                        .statements()
                        .read(
                                tx,
                                visitor.caller().organization(),
                                request.query("from")
                                        .filter(text -> !text.isEmpty())
                                        .orElse(null),
                                request.query("to")
                                        .filter(text -> !text.isEmpty())
                                        .orElse(null)));
    }

    /** {@code GET /console/statement/csv}. */
    Response csv(Request request) {
        Statements.Period period = read(request, visitors.enter(request));
        byte[] csv = period.csv().get().getBytes(StandardCharsets.UTF_8);
        return named(Response.bytes(200, "text/csv; charset=utf-8", csv), period, "csv");
    }

    /** {@code GET /console/statement/json}: as the API answers. */
    Response json(Request request) {
        Statements.Period period = read(request, visitors.enter(request));
        return named(Response.json(200, period.json().get()), period, "json");
    }

    private static Response named(Response file, Statements.Period period, String type) {
        String name = "statement-" + period.from() + "-" + period.to() + "." + type;
        return file.header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header("Cache-Control", "no-store");
    }

    private static View view(Statements.Period period) {
        List<StatementLine> lines = period.lines();
        return new View(
                period.from().toString(),
                period.to().toString(),
                period.zone().getId(),
                Cash.exact(period.statement().opening().available()),
                Cash.exact(period.statement().opening().held()),
                Cash.exact(period.statement().closing().available()),
                Cash.exact(period.statement().closing().held()),
                period.statement().movements().stream()
                        .map(sum -> new Sum(
                                sum.kind().code(), sum.count(), Cash.change(sum.available()), Cash.change(sum.held())))
                        .toList(),
                lines.reversed().stream().limit(SHOWN).map(Line::of).toList(),
                lines.size(),
                "");
    }

    private Response page(Request request, Visitor visitor, int status, View view) {
        return pages.personal(
                request,
                status,
                new Content(
                        "account/statement.jte", "Statement", "A wallet over some days.", null, Map.of("page", view)),
                Visitors.told(visitor));
    }
}
