package dev.millrace.testkit;

import dev.millrace.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of an HTTP API: sends exactly the bytes that it is given, with the headers that it was given. */
public final class Caller {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String base;
    private final Map<String, String> headers;

    /** @param base the base URL, without a slash at its end */
    public Caller(String base) {
        this(base, Map.of());
    }

    private Caller(String base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** One answer. */
    public record Reply(int status, Map<String, String> headers, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        /** The first value of a header, or an empty text. */
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
        }

        /** The JSON in the body. */
        public JsonNode json() {
            try {
                return Json.readOwn(text());
            } catch (RuntimeException e) {
                throw new AssertionError("no JSON: " + status + " " + text(), e);
            }
        }

        /** The text of one field, or an empty text. */
        public String at(String name) {
            return json().path(name).asString("");
        }

        @Override
        public String toString() {
            String text = text();
            return status + " " + (text.length() > 1000 ? text.substring(0, 1000) + "…" : text);
        }
    }

    /** The same client with one more header on every request. */
    public Caller with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Caller(base, more);
    }

    /** The same client without any header. */
    public Caller bare() {
        return new Caller(base);
    }

    public Reply get(String path) {
        return call("GET", path, new byte[0]);
    }

    public Reply delete(String path) {
        return call("DELETE", path, new byte[0]);
    }

    public Reply post(String path, String json) {
        return post(path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Reply post(String path, ObjectNode json) {
        return post(path, Json.bytes(json));
    }

    public Reply post(String path, byte[] body) {
        return with("Content-Type", "application/json").call("POST", path, body);
    }

    /** @param path behind the base; or a whole URL, which is taken as it stands */
    public Reply call(String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(PATIENCE)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
            Map<String, String> answered = new LinkedHashMap<>();
            response.headers()
                    .map()
                    .forEach(
                            (name, values) -> answered.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            return new Reply(response.statusCode(), answered, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
