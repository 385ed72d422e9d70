package dev.millrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server as a process of its own, on a free port and a data directory that outlives it: started, killed, started again.
 * Speaks HTTP to it with the JDK's client.
 */
public final class RunningServer implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("millrace ready on (http://\\S+)");
    private static final Pattern KEY = Pattern.compile("mr_[a-z0-9]+_[a-z0-9]+");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final Map<String, String> environment;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Program> starts = new ArrayList<>();
    private String url = "";
    private String key = "";

    private RunningServer(Path data, Map<String, String> environment) {
        this.data = data;
        this.environment = environment;
    }

    /** Starts a server on the data directory and waits until it is ready. */
    public static RunningServer start(Path data) {
        return start(data, Map.of());
    }

    /** As {@link #start(Path)}, with these settings, as {@code MILLRACE_EGRESS_ALLOW}. */
    public static RunningServer start(Path data, Map<String, String> environment) {
        RunningServer server = new RunningServer(data, environment);
        server.startAgain();
        return server;
    }

    /** Starts the server on the same data directory again, after it was killed or ended; its port changes. */
    public void startAgain() {
        Program program = launch(environment);
        Await.until(
                "the server is ready",
                PATIENCE,
                () -> READY.matcher(program.out()).find() || !program.running());
        Matcher ready = READY.matcher(program.out());
        if (!ready.find()) {
            throw new AssertionError("the server did not start\n" + program.out() + program.err());
        }
        url = ready.group(1);
        Matcher made = KEY.matcher(program.out());
        if (key.isEmpty() && made.find()) {
            key = made.group();
        }
    }

    /** Starts it with other settings, and does not wait: for starts that a test expects to fail or to be killed. */
    public Program launch(Map<String, String> settings) {
        Program program = Program.start(settings, List.of("serve", "--port", "0", "--data", data.toString()));
        starts.add(program);
        return program;
    }

    /** Where it listens. */
    public String url() {
        return url;
    }

    /** The key that the first start on an empty data directory printed. */
    public String key() {
        return key;
    }

    public Path data() {
        return data;
    }

    /** The newest process. */
    public Program program() {
        return starts.getLast();
    }

    /** Everything that any start of it wrote on standard error. */
    public String log() {
        StringBuilder log = new StringBuilder();
        starts.forEach(program -> log.append(program.err()));
        return log.toString();
    }

    /** SIGKILL. */
    public void kill() {
        program().kill();
    }

    /** A GET with the first key. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    /** A POST of JSON with the first key. */
    public HttpResponse<String> post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** A request with the first key, to be completed. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + key);
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes behind a link. */
    public byte[] download(String link) {
        try {
            return client.send(request(link).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kills what runs. */
    @Override
    public void close() {
        starts.stream().filter(Program::running).forEach(Program::kill);
        client.close();
    }
}
