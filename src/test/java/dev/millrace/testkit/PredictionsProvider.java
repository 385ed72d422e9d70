package dev.millrace.testkit;

import dev.millrace.crypto.StandardWebhooks;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Callback;
import dev.millrace.provider.CallbackVerdict;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.UpstreamException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A small adapter to {@link Predictions}: submissions are not idempotent, and a signed callback is believed. */
public final class PredictionsProvider implements Provider, MediaProvider, MediaCallbacks {
    private final String name;
    private final Caller upstream;
    private final StandardWebhooks signatures = StandardWebhooks.of(Predictions.SECRET);

    public PredictionsProvider(String name, Predictions upstream) {
        this.name = name;
        this.upstream = new Caller(upstream.url());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<TextProvider> text() {
        return Optional.empty();
    }

    @Override
    public Optional<MediaProvider> media() {
        return Optional.of(this);
    }

    @Override
    public Optional<MediaCallbacks> callbacks() {
        return Optional.of(this);
    }

    @Override
    public boolean submitIsIdempotent() {
        return false;
    }

    @Override
    public String submit(MediaCall call) {
        ObjectNode body = Json.object().put("version", call.upstreamModel());
        body.set("input", call.parameters());
        call.publicCallback().ifPresent(url -> {
            body.put("webhook", url.toString());
            body.putArray("webhook_events_filter").add("start").add("completed");
        });
        Caller.Reply reply = upstream.post("/v1/predictions", body);
        if (reply.status() != 201) {
            throw new UpstreamException(ProblemCode.UPSTREAM_ERROR, "The upstream refused it.", true, null);
        }
        return reply.at("id");
    }

    @Override
    public MediaProgress poll(MediaCall call, String upstreamId) {
        return progress(upstream.get("/v1/predictions/" + upstreamId).json());
    }

    @Override
    public InputStream open(MediaCall call, String upstreamId, MediaOutput output) {
        return new ByteArrayInputStream(upstream.get(output.reference()).bytes());
    }

    @Override
    public boolean cancel(MediaCall call, String upstreamId) {
        return upstream.post("/v1/predictions/" + upstreamId + "/cancel", Json.object())
                .at("status")
                .equals("canceled");
    }

    @Override
    public boolean expected(MediaCall call) {
        return call.publicCallback().isPresent();
    }

    @Override
    public CallbackVerdict read(Callback callback, Instant now) {
        return switch (signatures.check(callback::header, callback.body(), now)) {
            case GOOD -> told(callback.body());
            case UNSIGNED -> new CallbackVerdict.Refused(CallbackVerdict.Reason.UNSIGNED);
            case STALE -> new CallbackVerdict.Refused(CallbackVerdict.Reason.STALE);
            case FORGED -> new CallbackVerdict.Refused(CallbackVerdict.Reason.FORGED);
        };
    }

    private static CallbackVerdict told(byte[] body) {
        try {
            ObjectNode prediction = Json.parseObject(body);
            return new CallbackVerdict.Told(prediction.path("id").asString(""), progress(prediction));
        } catch (ProblemException notJson) {
            return new CallbackVerdict.Refused(CallbackVerdict.Reason.MALFORMED);
        }
    }

    private static MediaProgress progress(JsonNode prediction) {
        return switch (prediction.path("status").asString()) {
            case "succeeded" ->
                new MediaProgress.Finished(
                        java.util.List.of(new MediaOutput(
                                0, prediction.path("output").path(0).asString(), "image/png", Json.object())),
                        Units.of(Unit.IMAGE, 1));
            case "failed", "canceled" ->
                new MediaProgress.Failed(ProblemCode.CONTENT_REJECTED, "The upstream did not make it.");
            case "processing" -> new MediaProgress.Running(50, null);
            default -> new MediaProgress.Running(0, null);
        };
    }
}
