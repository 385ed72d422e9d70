package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.id.JobId;
import dev.millrace.jobs.CancelRule;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.Jobs;
import dev.millrace.loras.Lora;
import dev.millrace.loras.LoraPage;
import dev.millrace.loras.LoraState;
import dev.millrace.loras.Loras;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** LoRAs: listed, shown, archived (contract 1.9). */
final class LoraRoutes {
    private static final int LIMIT = 24;
    private static final int LIMIT_MAX = 100;

    private final Entrance entrance;
    private final Loras loras;
    private final Jobs jobs;

    LoraRoutes(Entrance entrance, Loras loras, Jobs jobs) {
        this.entrance = entrance;
        this.loras = loras;
        this.jobs = jobs;
    }

    /** A page of LoRAs, newest first. */
    record ListBody(List<LoraBody> items, @Nullable String nextCursor) {}

    Response list(Request request) {
        Principal principal = entrance.counted(request);
        JobId after = request.query("cursor")
                .map(text -> JobId.parse(text)
                        .orElseThrow(() -> Queries.wrong("cursor", "must be a UUID: nextCursor of the page before.")))
                .orElse(null);
        int limit = Queries.number(request, "limit", LIMIT_MAX, LIMIT);
        boolean archived = Queries.flag(request, "includeArchived");
        LoraPage page = loras.list(principal.organization(), after, archived, limit);
        List<LoraBody> items = page.items().stream().map(this::body).toList();
        return Response.json(
                200, new ListBody(items, page.more() ? items.getLast().id() : null));
    }

    Response get(Request request) {
        Principal principal = entrance.counted(request);
        Lora lora = loras.find(principal.organization(), id(request)).orElseThrow(LoraRoutes::absent);
        return Response.json(200, body(lora));
    }

    /** A training that still runs is stopped: nobody could use what comes of it. */
    Response archive(Request request) {
        Principal principal = entrance.counted(request);
        JobId id = id(request);
        if (!loras.archive(principal.organization(), id)) {
            throw absent();
        }
        jobs.cancel(principal.organization(), id, CancelRule.ANY);
        return Response.empty(204);
    }

    private LoraBody body(Lora lora) {
        Optional<Job> job =
                lora.state() == LoraState.READY ? Optional.empty() : jobs.find(lora.organization(), lora.id());
        return LoraBody.of(lora, job.orElse(null));
    }

    private static JobId id(Request request) {
        return JobId.parse(request.pathParam("id"))
                .orElseThrow(() -> LoraForm.wrong("id", "format", "must be a UUID: the id of a LoRA."));
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "LoRA not found");
    }
}
