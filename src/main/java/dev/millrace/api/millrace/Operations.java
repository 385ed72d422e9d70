package dev.millrace.api.millrace;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.api.millrace.ChatBodies.CompletionBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.Operation;
import dev.millrace.api.millrace.openapi.Shape;

/** What the routes of Millrace's own shape take and answer. */
final class Operations {
    static final Operation HEALTH = get("/api/health", "health", "Whether requests are taken.")
            .toAnyone()
            .answers(200, json(HealthBody.class));

    static final Operation MODELS = get("/api/v1/models", "listModels", "The models, their parameters and prices.")
            .toAnyone()
            .query("type", "string", "What models make, as language or image.")
            .query("q", "string", "Words that the model has.")
            .query("limit", "integer", "1 to 200; with offset 1 to 1000.")
            .query("offset", "integer", "How many to skip; the answer then has OpenRouter's shape.")
            .query("output_modalities", "string", "With offset: text, image, video, audio; several with commas.")
            .answers(200, json(PageBody.class, ModelBody.class))
            .answers(200, json(ModelPageBody.class));

    static final Operation MODEL = get("/api/v1/models/{+id}", "getModel", "One model with its parameters one by one.")
            .toAnyone()
            .answers(200, json(ModelBody.class))
            .fails(404);

    static final Operation PRICES = get("/api/v1/prices", "listPrices", "The price list.")
            .toAnyone()
            .query("type", "string", "What models make, as language or image.")
            .query("q", "string", "Words that the model has.")
            .answers(200, json(PageBody.class, PriceBody.class));

    static final Operation OPENAPI = get("/api/v1/openapi.json", "openapi", "This document.")
            .toAnyone()
            .answers(200, new Shape("application/json", null));

    static final Operation QUOTE = post("/api/v1/quotes", "createQuote", "A price that binds for five minutes.")
            .body(QuoteRoutes.FORM)
            .repeatable()
            .counted()
            .answers(201, json(QuoteBody.class))
            .fails(404, 423);

    static final Operation GENERATE = post("/api/v1/generations", "generate", "Makes anything that a model makes.")
            .body(GenerationRoutes.FORM)
            .repeatable()
            .counted()
            .answers(200, json(GenerationBody.class))
            .answers(200, json(JobBody.class))
            .answers(200, Shape.events())
            .answers(202, json(JobBody.class))
            .fails(402, 404, 409, 410, 423, 502, 504);

    static final Operation VIDEO = post("/api/v1/videos/generations", "createVideo", "A video, as a job.")
            .body(GenerationRoutes.VIDEO_FORM)
            .repeatable()
            .counted()
            .answers(202, json(JobBody.class))
            .fails(402, 404, 409, 410, 423);

    static final Operation VIDEO_JOB = get("/api/v1/videos/generations/{id}", "getVideoJob", "How a video job stands.")
            .answers(200, json(JobBody.class))
            .fails(404);

    static final Operation JOBS = get("/api/v1/jobs", "listJobs", "The organization's jobs, newest first.")
            .query("status", "string", "queued, running, completed, failed, nsfw or canceled; state is the same.")
            .query("state", "string", "The same as status.")
            .query("type", "string", "What was made, as image or video; modality is the same.")
            .query("modality", "string", "The same as type.")
            .query("model", "string", "The id of a model.")
            .query("since", "string", "A date or a time: jobs that were sent then or later.")
            .paged()
            .answers(200, json(PageBody.class, JobBody.class));

    static final Operation JOB = get("/api/v1/jobs/{id}", "getJob", "How a job stands.")
            .answers(200, json(JobBody.class))
            .fails(404);

    static final Operation DELETE_JOB = delete(
                    "/api/v1/jobs/{id}", "deleteJob", "Erases the outputs of a job that has ended; its billing stays.")
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation DELETE_OUTPUT = delete(
                    "/api/v1/jobs/{id}/outputs/{index}", "deleteOutput", "Erases one output of a job that has ended.")
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation CANCEL = post("/api/v1/jobs/{id}/cancel", "cancelJob", "Stops a job that has not ended.")
            .answers(200, json(JobBody.class))
            .fails(404, 409);

    static final Operation EVENTS = get("/api/v1/jobs/{id}/events", "watchJob", "A job as it goes on.")
            .header("Last-Event-ID", "The last event that was seen: it is not told again.")
            .answers(200, Shape.events())
            .fails(404);

    static final Operation CHAT = post("/api/v1/chat/completions", "chat", "Language in OpenAI's shape.")
            .body(Form.object()
                    .needs("model", "string", "The id or an alias of a language model.")
                    .needs("messages", "object[]", "The conversation.")
                    .takes("models", "string[]", "Up to four models to fall back on.")
                    .takes("stream", "boolean", "As it comes, as server-sent events.")
                    .andOthers())
            .repeatable()
            .counted()
            .answers(200, json(CompletionBody.class))
            .answers(200, Shape.events())
            .fails(402, 404, 409, 423, 502, 504);

    static final Operation WALLET =
            get("/api/v1/wallet", "getWallet", "The balance.").answers(200, json(WalletRoutes.WalletBody.class));

    static final Operation TRANSFERS = get("/api/v1/wallet/transfers", "listTransfers", "Every movement.")
            .paged()
            .answers(200, json(PageBody.class, WalletRoutes.TransferBody.class));

    static final Operation USAGE = get(
                    "/api/v1/usage", "listUsage", "What was used and charged, one by one or in sums.")
            .query("from", "string", "A date.")
            .query("to", "string", "A date.")
            .query("group_by", "string", "day, model or key.")
            .query("model", "string", "The id of a model.")
            .paged()
            .answers(200, json(PageBody.class, UsageBodies.RowBody.class))
            .answers(200, json(PageBody.class, UsageBodies.TotalBody.class));

    static final Operation ORGANIZATION = post(
                    "/api/v1/organizations",
                    "createOrganization",
                    "Another organization and its key; for the operator.")
            .body(OrganizationRoutes.FORM)
            .repeatable()
            .answers(201, json(OrganizationRoutes.NewKeyBody.class))
            .fails(403, 409);

    private Operations() {}
}
