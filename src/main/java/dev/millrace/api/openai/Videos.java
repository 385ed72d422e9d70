package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Videos: ordered, looked at, deleted and remixed (contract B8). A video is a job; those of all dialects are seen here. */
final class Videos {
    private static final String MODEL = "sora-2";
    private static final Set<String> FILMS = Set.of("video/mp4");
    private static final Map<String, String> ROLES = Map.of("prompt", "prompt", "seconds", "duration", "size", "size");
    private static final Set<String> NOT_FOR_THE_MODEL = Set.of("model", "input_reference", "user");

    private final Access access;
    private final Orders orders;
    private final Jobs jobs;
    private final Database database;
    private final VideoStore rows;
    private final HandedIn.Shelf shelf;
    private final OpenAiSettings settings;

    Videos(
            Access access,
            Orders orders,
            Jobs jobs,
            Database database,
            VideoStore rows,
            HandedIn.Shelf shelf,
            OpenAiSettings settings) {
        this.access = access;
        this.orders = orders;
        this.jobs = jobs;
        this.database = database;
        this.rows = rows;
        this.shelf = shelf;
        this.settings = settings;
    }

    /** {@code POST /v1/videos}: 200 with the video as it stands, queued. */
    Response create(Request request) {
        Principal principal = access.enter(request);
        try (Form form = Form.read(request, settings.maxVideoBytes());
                HandedIn files = new HandedIn(
                        shelf, principal.organization(), request.baseUrl().toString())) {
            form.text("prompt");
            Wishes wishes = Wishes.of(form, ROLES, NOT_FOR_THE_MODEL);
            reference(form, files, wishes);
            Job job = orders.accept(
                            request,
                            new Orders.Order(
                                    principal, "POST video", Modality.VIDEO, form.text("model", MODEL), form, wishes),
                            files)
                    .job();
            return shown(job);
        }
    }

    /** A picture to begin with, or a film to work from. */
    private void reference(Form form, HandedIn files, Wishes wishes) {
        Optional<Part> part = form.file("input_reference");
        if (part.isPresent()) {
            boolean film = part.get().contentType().startsWith("video/");
            String link =
                    files.keep("input_reference", part.get(), film ? FILMS : Images.PICTURES, settings.maxVideoBytes());
            wishes.add("input_reference", film ? "video" : "image", link);
        } else if (form.has("input_reference")) {
            JsonNode given = form.value("input_reference");
            wishes.add("input_reference", "image", Images.reference("input_reference", given));
        }
    }

    Response retrieve(Request request) {
        return shown(found(request));
    }

    /** {@code DELETE /v1/videos/{id}}: erases a video that has ended; its billing stays. */
    Response delete(Request request) {
        Job job = found(request);
        jobs.delete(job.organization(), job.id());
        return Response.json(
                200,
                Json.object()
                        .put("id", VideoBody.id(job.id()))
                        .put("object", "video.deleted")
                        .put("deleted", true));
    }

    /** The video of the path; one that was deleted is not there any more. */
    Job found(Request request) {
        Principal principal = access.enter(request);
        return VideoBody.job(request.pathParam("id"))
                .flatMap(id -> jobs.find(principal.organization(), id))
                .filter(job -> job.modality() == Modality.VIDEO && job.deletedAt() == null)
                .orElseThrow(Videos::absent);
    }

    Response shown(Job job) {
        return Response.json(200, body(job))
                .header(OpenAiApi.JOB_HEADER, job.id().text());
    }

    VideoBody body(Job job) {
        return VideoBody.of(job, row(job));
    }

    VideoRow row(Job job) {
        return database.read(tx -> rows.find(tx, job.id()));
    }

    static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such video; GET /v1/videos lists them.");
    }
}
