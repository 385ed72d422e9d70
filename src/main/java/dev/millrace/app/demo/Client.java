package dev.millrace.app.demo;

import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressException;
import dev.millrace.egress.EgressReader;
import dev.millrace.egress.EgressRequest;
import dev.millrace.egress.Trust;
import dev.millrace.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A client of Millrace's own API. */
public final class Client {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long ANSWER_MAX = 4L << 20;
    private static final long FILE_MAX = 2L << 30;
    private static final int OK_FROM = 200;
    private static final int OK_BELOW = 300;

    private final Egress egress;
    private final String base;
    private final String key;
    private final Map<String, String> always;

    /**
     * @param base where the server is, as {@code http://127.0.0.1:8080}
     * @param key a full API key
     */
    public Client(Egress egress, String base, String key) {
        this(egress, base, key, Map.of());
    }

    /** @param always headers that go with every request */
    public Client(Egress egress, String base, String key, Map<String, String> always) {
        this.always = always;
        this.egress = egress;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.key = key;
    }

    /** Takes one event of a stream. */
    interface EventReader {
        /** @return whether more is wanted */
        boolean read(String data) throws IOException;
    }

    ObjectNode get(String path) throws IOException {
        return call("GET", path, null, Map.of(), ANSWER_MAX, Client::object);
    }

    /** Posts JSON and returns the JSON of the answer; anything but a 2xx is an {@link ApiFailure}. */
    public ObjectNode post(String path, ObjectNode body, Map<String, String> headers) throws IOException {
        return call("POST", path, body, headers, ANSWER_MAX, Client::object);
    }

    /** Sends what an operator asks for, and returns the JSON of the answer; anything but a 2xx is an {@link ApiFailure}. */
    public ObjectNode send(String method, String path, @Nullable ObjectNode body) throws IOException {
        return call(method, path, body, Map.of(), FILE_MAX, Client::object);
    }

    /** Posts a file, and returns the JSON of the answer; anything but a 2xx is an {@link ApiFailure}. */
    public ObjectNode upload(String path, String contentType, byte[] file) throws IOException {
        return exchange("POST", path, file, Map.of("Content-Type", contentType), FILE_MAX, Client::object);
    }

    /** What a path answers, as text. */
    public String text(String path) throws IOException {
        return call("GET", path, null, Map.of(), FILE_MAX, in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    /** Reads an event stream to its end, or until no more is wanted. */
    void events(String method, String path, @Nullable ObjectNode body, EventReader reader) throws IOException {
        call(method, path, body, Map.of("Accept", "text/event-stream"), FILE_MAX, in -> {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                readEvents(lines, reader);
            }
            return true;
        });
    }

    /** Saves what a link of an answer leads to. */
    public void save(String url, Path file) throws IOException {
        String path = url.startsWith(base) ? url.substring(base.length()) : url;
        call("GET", path, null, Map.of(), FILE_MAX, in -> Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING));
    }

    private static void readEvents(BufferedReader lines, EventReader reader) throws IOException {
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n")
                        .append(line.substring("data:".length()).strip());
            } else if (line.isEmpty() && !data.isEmpty()) {
                if (!reader.read(data.toString())) {
                    return;
                }
                data.setLength(0);
            }
        }
    }

    /** What becomes of a good answer's body. */
    private interface BodyReader<R> {
        R read(InputStream body) throws IOException;
    }

    private <R> R call(
            String method,
            String path,
            @Nullable ObjectNode body,
            Map<String, String> headers,
            long most,
            BodyReader<R> reader)
            throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        if (body != null) {
            all.put("Content-Type", "application/json");
        }
        return exchange(method, path, body == null ? new byte[0] : Json.bytes(body), all, most, reader);
    }

    private <R> R exchange(
            String method, String path, byte[] bytes, Map<String, String> headers, long most, BodyReader<R> reader)
            throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        boolean ours = path.startsWith("/");
        if (ours) {
            all.put("Authorization", "Bearer " + key);
            all.putAll(always);
        }
        URI url = address(ours ? base + path : path);
        EgressReader<R> checked = (status, answer, in) -> {
            if (status < OK_FROM || status >= OK_BELOW) {
                throw new ApiFailure(failure(status, in.readAllBytes()));
            }
            return reader.read(in);
        };
        try {
            return egress.exchange(new EgressRequest(method, url, all, bytes, PATIENCE, most, Trust.OPERATOR), checked);
        } catch (EgressException e) {
            throw new ApiFailure(
                    "no answer from " + base + ": " + e.failure().slug().replace('_', ' '));
        }
    }

    private static URI address(String text) throws IOException {
        try {
            return new URI(text);
        } catch (URISyntaxException unfit) {
            throw new ApiFailure(text + " is no address");
        }
    }

    private static ObjectNode object(InputStream in) throws IOException {
        return Json.readOwn(new String(in.readAllBytes(), StandardCharsets.UTF_8)) instanceof ObjectNode object
                ? object
                : Json.object();
    }

    private static String failure(int status, byte[] body) {
        try {
            JsonNode json = Json.readOwn(new String(body, StandardCharsets.UTF_8));
            String detail = json.path("detail")
                    .asString(json.path("error").path("message").asString(""));
            return "the server says " + status + (detail.isEmpty() ? "" : ": " + detail);
        } catch (JacksonException notJson) {
            return "the server says " + status;
        }
    }
}
