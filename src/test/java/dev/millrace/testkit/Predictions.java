package dev.millrace.testkit;

import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.node.ObjectNode;

/**
 * An upstream with Replicate's published contract of predictions and webhooks, on loopback: {@code POST /v1/predictions} with {@code
 * webhook} and {@code webhook_events_filter}, {@code GET /v1/predictions/{id}}, {@code POST …/cancel}; statuses {@code starting, processing,
 * succeeded, failed, canceled}; a webhook's body is the prediction, signed by Standard Webhooks' {@code webhook-id}, {@code
 * webhook-timestamp} and {@code webhook-signature}. It does not recognize repeated submissions.
 *
 * <p>Sources: replicate.com/docs/topics/webhooks (receive-webhook, verify-webhook), replicate.com/docs/reference/webhooks, read
 * 2026-11-21. The signature is made here by hand, so that nothing of ours vouches for itself.
 */
public final class Predictions implements AutoCloseable {
    /** The form in which an account's secret is handed out. */
    public static final String SECRET =
            "whsec_" + base64("twenty-four bytes and more".getBytes(StandardCharsets.UTF_8));

    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final Map<String, ObjectNode> predictions = new ConcurrentHashMap<>();
    private final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private volatile CompletionStage<?> answerSubmissions = CompletableFuture.completedStage(null);

    public Predictions() {
        server.answering(this::answer);
    }

    /** One webhook, ready to be sent. */
    public record Call(String path, Map<String, String> headers, byte[] body) {
        /** The same with another body under the old signature. */
        public Call withBody(byte[] other) {
            return new Call(path, headers, other);
        }

        public Call without(String header) {
            Map<String, String> fewer = new java.util.HashMap<>(headers);
            fewer.remove(header);
            return new Call(path, fewer, body);
        }

        public Call at(String otherPath) {
            return new Call(otherPath, headers, body);
        }

        /** What comes back when it is sent to this base. */
        public Caller.Reply send(String base) {
            Caller caller = new Caller(base);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                caller = caller.with(header.getKey(), header.getValue());
            }
            return caller.post(path, body);
        }
    }

    public String url() {
        return server.url("");
    }

    /** Submissions are taken at once, and answered when this has happened. */
    public void answeringSubmissions(CompletionStage<?> when) {
        answerSubmissions = when;
    }

    /** The ids of all predictions, in their order. */
    public List<String> ids() {
        return predictions.keySet().stream().sorted().toList();
    }

    /** How often it was asked about a prediction. */
    public int polls() {
        return polls.get();
    }

    public void becomes(String id, String status) {
        ObjectNode prediction = predictions.get(id).deepCopy();
        prediction.put("status", status);
        if (status.equals("succeeded")) {
            prediction.putArray("output").add(server.url("/files/" + id + ".png"));
        }
        predictions.put(id, prediction);
    }

    /** Where it was told to call about a prediction: the path of the webhook. */
    public String callbackPath(String id) {
        return java.net
                .URI
                .create(predictions.get(id).path("webhook").asString())
                .getRawPath();
    }

    /** The webhook that tells how a prediction stands now, signed at that second. */
    public Call webhook(String id, long second) {
        byte[] body = Json.bytes(predictions.get(id));
        String message = "msg_" + id + "_" + predictions.get(id).path("status").asString();
        return new Call(
                callbackPath(id),
                Map.of(
                        "webhook-id",
                        message,
                        "webhook-timestamp",
                        Long.toString(second),
                        "webhook-signature",
                        "v1," + signature(message, second, body)),
                body);
    }

    private static String signature(String message, long second, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(SECRET.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((message + "." + second + ".").getBytes(StandardCharsets.UTF_8));
            return base64(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Script answer(Recorded request) {
        String target = request.target();
        if (request.method().equals("POST") && target.equals("/v1/predictions")) {
            return submitted(Json.readOwnObject(request.text()));
        }
        if (target.startsWith("/files/")) {
            return Script.status(200, List.of("Content-Type: image/png"), TestingMediaProvider.PICTURE);
        }
        String id = target.split("/", 5)[3];
        if (target.endsWith("/cancel")) {
            becomes(id, "canceled");
        } else {
            polls.incrementAndGet();
        }
        return Script.status(200, predictions.get(id).toString());
    }

    private Script submitted(ObjectNode asked) {
        String id = "p%06d".formatted(number.incrementAndGet());
        ObjectNode prediction = Json.object()
                .put("id", id)
                .put("version", asked.path("version").asString())
                .put("status", "starting")
                .putNull("output")
                .putNull("error")
                .put("webhook", asked.path("webhook").asString(""));
        prediction.set("input", asked.path("input"));
        predictions.put(id, prediction);
        return Script.status(201, prediction.toString()).after(answerSubmissions);
    }

    @Override
    public void close() {
        server.close();
    }
}
