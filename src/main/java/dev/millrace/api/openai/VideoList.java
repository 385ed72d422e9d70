package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.db.Keyset;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobFilter;
import dev.millrace.jobs.JobPage;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/videos}: the organization's videos, newest or oldest first, without those that were deleted. */
final class VideoList {
    private static final String NEWEST = "desc";
    private static final String OLDEST = "asc";
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final JobFilter VIDEOS = new JobFilter((JobState) null, Modality.VIDEO, null);

    private final Access access;
    private final Jobs jobs;
    private final Videos videos;
    private final Database database;
    private final VideoStore rows;

    VideoList(Access access, Jobs jobs, Videos videos, Database database, VideoStore rows) {
        this.access = access;
        this.jobs = jobs;
        this.videos = videos;
        this.database = database;
        this.rows = rows;
    }

    Response list(Request request) {
        Principal principal = access.enter(request);
        int limit = limit(request);
        OrganizationId organization = principal.organization();
        Job after = after(organization, request);
        String order = request.query("order").orElse(NEWEST);
        List<Job> found = switch (order) {
            case NEWEST -> newest(organization, after, limit + 1);
            case OLDEST -> oldest(organization, after, limit + 1);
            default -> throw Form.wrong("order", "enum", "must be desc or asc.");
        };
        boolean more = found.size() > limit;
        List<Job> shown = more ? found.subList(0, limit) : found;
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        shown.forEach(job -> data.add((ObjectNode) Json.tree(videos.body(job))));
        body.put(
                "first_id",
                shown.isEmpty() ? null : VideoBody.id(shown.getFirst().id()));
        body.put(
                "last_id", shown.isEmpty() ? null : VideoBody.id(shown.getLast().id()));
        return Response.json(200, body.put("has_more", more));
    }

    /** The next so many that were not deleted. */
    private List<Job> newest(OrganizationId organization, @Nullable Job after, int wanted) {
        List<Job> found = new ArrayList<>();
        String next =
                after == null ? null : new Keyset(after.createdAt(), after.id().text()).cursor();
        do {
            JobPage page = jobs.list(organization, VIDEOS, next, wanted);
            page.jobs().stream()
                    .filter(job -> job.deletedAt() == null)
                    .limit(wanted - found.size())
                    .forEach(found::add);
            next = page.next();
        } while (next != null && found.size() < wanted);
        return found;
    }

    private List<Job> oldest(OrganizationId organization, @Nullable Job after, int wanted) {
        Instant time = after == null ? Instant.EPOCH : after.createdAt();
        String id = after == null ? "" : after.id().text();
        return database.read(tx -> rows.oldest(tx, organization, time, id, wanted)).stream()
                .flatMap(one -> jobs.find(organization, one).stream())
                .toList();
    }

    private @Nullable Job after(OrganizationId organization, Request request) {
        Optional<String> after = request.query("after").filter(text -> !text.isEmpty());
        return after.map(id -> VideoBody.job(id)
                        .flatMap(job -> jobs.find(organization, job))
                        .orElseThrow(() -> Form.wrong("after", "value", "is no video of yours; send a last_id.")))
                .orElse(null);
    }

    private static int limit(Request request) {
        String text = request.query("limit").orElse(Integer.toString(USUAL));
        int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw Form.wrong("limit", "value", "must be a whole number from 1 to " + MOST + ".");
        }
        return limit;
    }
}
