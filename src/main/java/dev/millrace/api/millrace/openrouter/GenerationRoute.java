package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import dev.millrace.jobs.Jobs;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.HoldId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/v1/generation?id=}: what one answer cost and used, by the id that the answer carried, or a job's. */
final class GenerationRoute {
    private static final Pattern ID = Pattern.compile("(?:gen-|chatcmpl-)?([0-9a-f-]{36})");

    private final Access access;
    private final Database database;
    private final UsageStore usage;
    private final Jobs jobs;

    GenerationRoute(Access access, Database database, UsageStore usage, Jobs jobs) {
        this.access = access;
        this.database = database;
        this.usage = usage;
        this.jobs = jobs;
    }

    /** 404 for what is not settled: a language answer has its row a moment after its end, and none when it cost nothing. */
    Response find(Request request) {
        Principal principal = access.enter(request);
        String id = request.query("id")
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.parameter("id", "is missing: the id of an answer, such as gen-….")
                        .toException());
        Matcher form = ID.matcher(id);
        if (!form.matches()) {
            throw absent();
        }
        return body(principal.organization(), id, form.group(1))
                .map(body -> Response.json(200, new DataBody<>(body)))
                .orElseThrow(GenerationRoute::absent);
    }

    private Optional<GenerationDataBody> body(OrganizationId organization, String shown, String uuid) {
        Optional<GenerationDataBody> live = RequestId.parse(uuid)
                .flatMap(id -> row(organization, HoldId.of(id)))
                .map(row -> GenerationDataBody.of(shown, row));
        Optional<JobId> job = JobId.parse(uuid);
        return live.or(() -> job.flatMap(id -> row(organization, HoldId.of(id)))
                        .map(row -> GenerationDataBody.of(shown, row)))
                .or(() -> job.flatMap(id -> jobs.find(organization, id)).map(one -> GenerationDataBody.of(shown, one)));
    }

    private Optional<UsageRow> row(OrganizationId organization, HoldId hold) {
        return database.read(tx -> usage.find(tx, organization, hold.text()));
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such generation.");
    }
}
