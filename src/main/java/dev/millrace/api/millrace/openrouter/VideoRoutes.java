package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.MediaRequest;
import dev.millrace.api.millrace.Wish;
import dev.millrace.assets.Assets;
import dev.millrace.assets.Assets.Opened;
import dev.millrace.catalog.Given;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Accepted;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.jobs.JobState;
import dev.millrace.jobs.Jobs;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Videos as OpenRouter's clients ask for them: submit, poll, fetch. */
final class VideoRoutes {
    private static final String SURFACE = "POST /api/v1/videos";
    private static final String PREVIOUS = "previous_job_id";

    private final Access access;
    private final MediaRequest media;
    private final Jobs jobs;
    private final Assets assets;
    private final InstantSource clock;

    VideoRoutes(Access access, MediaRequest media, Jobs jobs, Assets assets, InstantSource clock) {
        this.access = access;
        this.media = media;
        this.jobs = jobs;
        this.assets = assets;
        this.clock = clock;
    }

    Response submit(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body());
        VideoRequest video = VideoRequest.read(body);
        Wish wish = new Wish(
                OpenRouterApi.DIALECT,
                SURFACE,
                video.model(),
                Modality.VIDEO,
                video.parameters(),
                given(video, principal.organization(), request),
                body.object(),
                null,
                media.callback(body),
                null);
        Accepted accepted = media.accept(request, principal, wish);
        Response response = Response.json(202, body(accepted.job(), request));
        return accepted.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    Response poll(Request request) {
        Principal principal = access.enter(request);
        return Response.json(200, body(job(principal.organization(), request.pathParam("id")), request));
    }

    /** The film itself; query {@code index} where a job made several. */
    Response content(Request request) {
        Principal principal = access.enter(request);
        Job job = job(principal.organization(), request.pathParam("id"));
        JobOutput output = output(job, request.query("index").orElse("0"));
        Opened opened = assets.open(output.asset()).orElseThrow(VideoRoutes::gone);
        return Response.file(
                opened.file(),
                opened.asset().bytes(),
                opened.asset().contentType(),
                opened.asset().sha256(),
                request);
    }

    private VideoBody body(Job job, Request request) {
        return VideoBody.of(job, assets.links(), request.baseUrl().toString(), clock.instant());
    }

    private List<Given> given(VideoRequest video, OrganizationId organization, Request request) {
        String previous = video.previousJob();
        if (previous == null) {
            return video.given();
        }
        Job job = JobId.parse(previous)
                .flatMap(id -> jobs.find(organization, id))
                .filter(found -> found.modality() == Modality.VIDEO)
                .orElseThrow(() -> Fields.wrong(PREVIOUS, "value", "is no video job of this organization."));
        Instant until = job.expiresAt();
        if (job.state() != JobState.COMPLETED || until == null || job.expired(clock.instant())) {
            throw Fields.wrong(PREVIOUS, "value", "must be a completed job whose video is there still.");
        }
        JobOutput output = job.outputs().getFirst();
        String link = request.baseUrl() + assets.links().sign(output.asset(), output.fileName(), until);
        List<Given> more = new ArrayList<>(video.given());
        more.add(new Given("video", PREVIOUS, Json.tree(link)));
        return more;
    }

    private Job job(OrganizationId organization, String id) {
        return JobId.parse(id)
                .flatMap(found -> jobs.find(organization, found))
                .filter(found -> found.modality() == Modality.VIDEO)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such video."));
    }

    private JobOutput output(Job job, String index) {
        if (!job.state().terminal()) {
            throw new ProblemException(
                    ProblemCode.NOT_FINISHED, "The video is not finished; poll until its status is completed.");
        }
        if (job.state() != JobState.COMPLETED) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "The job ended without a video.");
        }
        if (job.gone(clock.instant())) {
            throw gone();
        }
        int place = index.matches("[0-9]{1,3}") ? Integer.parseInt(index) : -1;
        JobOutput output = job.outputs().stream()
                .filter(one -> one.index() == place)
                .findFirst()
                .orElseThrow(() -> Fields.wrong("index", "value", "must name one of the job's videos, from 0."));
        if (output.gone()) {
            throw gone();
        }
        return output;
    }

    private static ProblemException gone() {
        return new ProblemException(ProblemCode.GONE, "The video was erased, or its retention has passed.");
    }
}
