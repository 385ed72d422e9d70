package dev.millrace.api.millrace;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Permission;
import dev.millrace.api.millrace.ChatBodies.CompletionBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;

/** What the routes of Millrace's own shape take and answer. */
final class Operations {
    static final Operation HEALTH = get("/api/health", "health", "Whether requests are taken.")
            .toAnyone()
            .answers(200, json(HealthBody.class));

    static final Operation OPENAPI = get("/api/v1/openapi.json", "openapi", "This document.")
            .toAnyone()
            .answers(200, new Shape("application/json", null));

    static final Operation QUOTE = post("/api/v1/quotes", "createQuote", "A price that binds for five minutes.")
            .needs(Permission.USE_MODELS)
            .body(QuoteRoutes.FORM)
            .repeatable()
            .counted()
            .answers(201, json(QuoteBody.class))
            .fails(404, 423);

    static final Operation GENERATE = post("/api/v1/generations", "generate", "Makes anything that a model makes.")
            .needs(Permission.USE_MODELS)
            .body(GenerationRoutes.FORM)
            .repeatable()
            .counted()
            .answers(200, json(GenerationBody.class))
            .answers(200, json(JobBody.class))
            .answers(200, Shape.events())
            .answers(202, json(JobBody.class))
            .fails(402, 404, 409, 410, 423, 502, 504);

    static final Operation VIDEO = post("/api/v1/videos/generations", "createVideo", "A video, as a job.")
            .needs(Permission.USE_MODELS)
            .body(GenerationRoutes.VIDEO_FORM)
            .repeatable()
            .counted()
            .answers(202, json(JobBody.class))
            .fails(402, 404, 409, 410, 423);

    static final Operation VIDEO_JOB = get("/api/v1/videos/generations/{id}", "getVideoJob", "How a video job stands.")
            .needs(Permission.READ_JOBS)
            .answers(200, json(JobBody.class))
            .fails(404);

    static final Operation JOBS = get("/api/v1/jobs", "listJobs", "The organization's jobs, newest first.")
            .needs(Permission.READ_JOBS)
            .query("status", "string", "queued, running, completed, failed, nsfw or canceled; state is the same.")
            .query("state", "string", "The same as status.")
            .query("type", "string", "What was made, as image or video; modality is the same.")
            .query("modality", "string", "The same as type.")
            .query("model", "string", "The id of a model.")
            .query("since", "string", "A date or a time: jobs that were sent then or later.")
            .paged()
            .answers(200, json(PageBody.class, JobBody.class));

    static final Operation JOB = get("/api/v1/jobs/{id}", "getJob", "How a job stands.")
            .needs(Permission.READ_JOBS)
            .answers(200, json(JobBody.class))
            .fails(404);

    static final Operation DELETE_JOB = delete(
                    "/api/v1/jobs/{id}", "deleteJob", "Erases the outputs of a job that has ended; its billing stays.")
            .needs(Permission.USE_MODELS)
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation DELETE_OUTPUT = delete(
                    "/api/v1/jobs/{id}/outputs/{index}", "deleteOutput", "Erases one output of a job that has ended.")
            .needs(Permission.USE_MODELS)
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation CANCEL = post("/api/v1/jobs/{id}/cancel", "cancelJob", "Stops a job that has not ended.")
            .needs(Permission.USE_MODELS)
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation EVENTS = get("/api/v1/jobs/{id}/events", "watchJob", "A job as it goes on.")
            .needs(Permission.READ_JOBS)
            .header("Last-Event-ID", "The last event that was seen: it is not told again.")
            .answers(200, Shape.events())
            .fails(404);

    static final Operation CHAT = post("/api/v1/chat/completions", "chat", "Language in OpenAI's shape.")
            .needs(Permission.USE_MODELS)
            .body(Form.object()
                    .needs("model", "string", "The id or an alias of a language model.")
                    .needs("messages", "object[]", "The conversation.")
                    .takes("models", "string[]", "Up to four models to fall back on.")
                    .takes("stream", "boolean", "As it comes, as server-sent events.")
                    .takes("tools", "object[]", "Functions that the model may ask to be called.")
                    .takes("parallel_tool_calls", "boolean", "Whether one answer may call several; usual.")
                    .takes("response_format", "object", "text, json_object or json_schema.")
                    .andOthers())
            .repeatable()
            .counted()
            .answers(200, json(CompletionBody.class))
            .answers(200, Shape.events())
            .fails(402, 404, 409, 423, 502, 504);

    private Operations() {}
}
