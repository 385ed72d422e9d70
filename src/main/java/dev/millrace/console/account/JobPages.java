package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.JobId;
import dev.millrace.jobs.JobFilter;
import dev.millrace.jobs.JobPage;
import dev.millrace.jobs.JobState;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The history of jobs, and one of them with what it made. */
final class JobPages {
    private static final int LINES = 30;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    JobPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** {@code GET /console/jobs}: query {@code state}, {@code type}, {@code cursor}. */
    Response list(Request request) {
        Visitor visitor = visitors.enter(request);
        String wanted = request.query("state").orElse("");
        JobState state = Arrays.stream(JobState.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElse(null);
        Modality type = request.query("type").flatMap(Modality::parse).orElse(null);
        String cursor = request.query("cursor").filter(text -> !text.isEmpty()).orElse(null);
        JobPage page = rooms.jobs()
                .list(visitor.caller().organization(), new JobFilter(state, type, (String) null), cursor, LINES);
        String next = page.next();
        List<JobLine> lines = page.jobs().stream()
                .map(job -> JobLine.of(job, rooms.links(), rooms.clock().instant()))
                .toList();
        return pages.personal(
                request,
                200,
                new Content(
                        "account/jobs.jte",
                        "Jobs",
                        "Everything that was made, or was not.",
                        null,
                        Map.of(
                                "jobs", lines,
                                "state", state == null ? "" : wanted,
                                "next", next == null ? "" : next)),
                Visitors.told(visitor));
    }

    /** {@code GET /console/jobs/{id}}. */
    Response one(Request request) {
        Visitor visitor = visitors.enter(request);
        JobLine job = JobId.parse(request.pathParam("id"))
                .flatMap(id -> rooms.jobs().find(visitor.caller().organization(), id))
                .map(found -> JobLine.of(found, rooms.links(), rooms.clock().instant()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such job."));
        return pages.personal(
                request,
                200,
                new Content(
                        "account/job.jte", "Job " + job.model(), "A job and what it made.", null, Map.of("page", job)),
                Visitors.told(visitor));
    }
}
