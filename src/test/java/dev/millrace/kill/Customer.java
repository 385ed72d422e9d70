package dev.millrace.kill;

import dev.millrace.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Submits requests whose server may die at any moment, and remembers what it was told. */
final class Customer {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String key;
    private final String prompt;
    private final String webhook;
    private final AtomicInteger number = new AtomicInteger();
    /** The request id that each idempotency key was answered with; an empty one has had no answer yet. */
    final Map<String, Optional<String>> requests = new ConcurrentHashMap<>();
    /** The requests that were asked to be canceled, answered or not. */
    final Set<String> cancels = ConcurrentHashMap.newKeySet();

    /** What each idempotency key is sent with, time after time. */
    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    private final @Nullable String picture;
    private volatile @Nullable String uploaded;

    private record Order(String model, ObjectNode body) {}

    Customer(String key, String prompt, String webhook) {
        this(key, prompt, webhook, null);
    }

    /** @param picture where a picture can be fetched: of three requests one names it, and one an upload of it; null for no files */
    Customer(String key, String prompt, String webhook, @Nullable String picture) {
        this.key = key;
        this.prompt = prompt;
        this.webhook = webhook;
        this.picture = picture;
    }

    /** Uploads the picture, unless that was done before; false when the server did not answer. */
    boolean upload(URI server, byte[] bytes) {
        if (uploaded != null) {
            return true;
        }
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/storage"))
                .timeout(PATIENCE)
                .header("Authorization", bearer())
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new AssertionError("an upload was answered " + answer.statusCode() + " " + answer.body());
            }
            uploaded = Json.readOwn(answer.body()).path("url").asString();
            return true;
        } catch (IOException died) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private String bearer() {
        return "Bearer mr_" + key.replace(':', '_');
    }

    /** Submits a new request, and cancels it where the point says so; false when the server did not answer. */
    boolean submitNew(URI server, KillPoint point) {
        String idempotencyKey = newKey(point.latencyMillis());
        boolean answered = submit(server, idempotencyKey);
        return point.cancels() && answered
                ? cancel(server, requests.get(idempotencyKey).orElseThrow())
                : answered;
    }

    /** Submits a new request that takes so long; false when the server did not answer. */
    boolean submit(URI server, int latencyMillis) {
        return submit(server, newKey(latencyMillis));
    }

    /** What it was answered. */
    Stream<String> ids() {
        return requests.values().stream().flatMap(Optional::stream);
    }

    private String newKey(int latencyMillis) {
        int count = number.incrementAndGet();
        String idempotencyKey = "request-" + count;
        String file = picture == null || count % 3 == 0 ? null : count % 3 == 1 ? picture : uploaded;
        ObjectNode body = Json.object().put("prompt", prompt);
        ObjectNode instructions = body.putObject("sandbox").put("latency_ms", latencyMillis);
        if (file == null) {
            body.put("width", 64).put("height", 64);
        } else {
            body.put("image_url", file).put("duration", 1);
            instructions.put("draft", true);
        }
        orders.put(idempotencyKey, new Order(file == null ? "sandbox/image" : "sandbox/video", body));
        requests.put(idempotencyKey, Optional.empty());
        return idempotencyKey;
    }

    private boolean cancel(URI server, String id) {
        cancels.add(id);
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/jobs/" + id + "/cancel"))
                .timeout(PATIENCE)
                .header("Authorization", bearer())
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("a cancel was answered " + answer.statusCode() + " " + answer.body());
            }
            return true;
        } catch (IOException died) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Submits what has had no answer again. */
    void submitUnanswered(URI server) {
        requests.forEach((idempotencyKey, answer) -> {
            if (answer.isEmpty() && !submit(server, idempotencyKey)) {
                throw new AssertionError(idempotencyKey + " was not answered");
            }
        });
    }

    private boolean submit(URI server, String idempotencyKey) {
        Order order = orders.get(idempotencyKey);
        HttpRequest request = HttpRequest.newBuilder(server.resolve(
                        "/" + order.model() + "?hf_webhook=" + URLEncoder.encode(webhook, StandardCharsets.UTF_8)))
                .timeout(PATIENCE)
                .header("Authorization", "Key " + key)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofByteArray(Json.bytes(order.body())))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("a submit was answered " + answer.statusCode() + " " + answer.body());
            }
            String id = Json.readOwn(answer.body()).path("request_id").asString();
            Optional<String> earlier = requests.put(idempotencyKey, Optional.of(id));
            if (earlier != null && earlier.isPresent() && !earlier.get().equals(id)) {
                throw new AssertionError(idempotencyKey + " made two requests: " + earlier.get() + " and " + id);
            }
            return true;
        } catch (IOException died) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The status of an answered request. */
    String status(URI server, String id) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/requests/" + id + "/status"))
                .timeout(PATIENCE)
                .header("Authorization", "Key " + key)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Json.readOwn(answer.body()).path("status").asString()
                    : "answered " + answer.statusCode();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
