package dev.millrace.provider.sandbox;

import dev.millrace.crypto.StandardWebhooks;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Callback;
import dev.millrace.provider.CallbackVerdict;
import dev.millrace.provider.CallbackVerdict.Reason;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.sandbox.Instructions.CallBack;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sandbox's callbacks, made and understood: signed as Standard Webhooks says. One about progress is believed; one about the end
 * has the job looked at. The sandbox remembers nothing, so that one that is due when its process ends is never made.
 */
public final class SandboxCallbacks implements MediaCallbacks {
    private static final Duration LATE = Duration.ofSeconds(2);
    private static final String ENDED = "ended";
    private static final String PROCESSING = "processing";

    private final StandardWebhooks signatures;
    private final InstantSource clock;
    private final Pause pause;
    private final CallbackSender sender;

    /** @param secret what they are signed with, the same on every node */
    public SandboxCallbacks(byte[] secret, InstantSource clock, Pause pause, CallbackSender sender) {
        this.signatures = new StandardWebhooks(secret);
        this.clock = clock;
        this.pause = pause;
        this.sender = sender;
    }

    /** Calls nobody. */
    static SandboxCallbacks none(InstantSource clock) {
        return new SandboxCallbacks(new byte[32], clock, length -> {}, (callback, headers, body) -> {});
    }

    @Override
    public boolean expected(MediaCall call) {
        CallBack told = Faults.instructions(call.parameters()).callback();
        return told != null && told != CallBack.LATE;
    }

    @Override
    public CallbackVerdict read(Callback callback, Instant now) {
        return switch (signatures.check(callback::header, callback.body(), now)) {
            case GOOD -> understood(callback);
            case UNSIGNED -> new CallbackVerdict.Refused(Reason.UNSIGNED);
            case STALE -> new CallbackVerdict.Refused(Reason.STALE);
            case FORGED -> new CallbackVerdict.Refused(Reason.FORGED);
        };
    }

    private static CallbackVerdict understood(Callback callback) {
        try {
            ObjectNode body = Json.parseObject(callback.body());
            String id = body.path("id").asString("");
            int percent = body.path("percent").asInt(0);
            return switch (body.path("status").asString("")) {
                case ENDED -> new CallbackVerdict.Ask(id);
                case PROCESSING -> new CallbackVerdict.Told(id, new MediaProgress.Running(percent, null));
                default -> new CallbackVerdict.Refused(Reason.MALFORMED);
            };
        } catch (ProblemException notJson) {
            return new CallbackVerdict.Refused(Reason.MALFORMED);
        }
    }

    /** Calls back about a job that has just been taken, as its instructions say; what is to come later does not keep the caller. */
    void submitted(MediaCall call, String upstreamId, Instructions told, Duration latency) {
        URI callback = Objects.requireNonNull(call.callback());
        CallBack how = Objects.requireNonNull(told.callback());
        if (how == CallBack.EARLY) {
            send(callback, upstreamId + "-early", body(upstreamId, PROCESSING));
        }
        if (how != CallBack.NEVER && !told.neverFinish()) {
            Duration wait = how == CallBack.LATE ? latency.plus(LATE) : latency;
            Thread.ofVirtual()
                    .name("sandbox-callback")
                    .start(() -> end(callback, upstreamId, how == CallBack.TWICE ? 2 : 1, wait));
        }
    }

    private void end(URI callback, String upstreamId, int times, Duration wait) {
        try {
            pause.of(wait);
            for (int i = 0; i < times; i++) {
                send(callback, upstreamId + "-end", body(upstreamId, ENDED));
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] body(String upstreamId, String status) {
        return Json.bytes(
                Json.object().put("id", upstreamId).put("status", status).put("percent", 0));
    }

    private void send(URI callback, String event, byte[] body) {
        Instant now = clock.instant();
        sender.send(
                callback,
                Map.of(
                        "Content-Type",
                        "application/json",
                        StandardWebhooks.ID,
                        event,
                        StandardWebhooks.TIMESTAMP,
                        Long.toString(now.getEpochSecond()),
                        StandardWebhooks.SIGNATURE,
                        signatures.sign(event, now, body)),
                body);
    }
}
