package dev.millrace.app.demo;

import dev.millrace.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One image, video or track: a job, its events until it ends, and its file. */
final class MediaRun implements Callable<Made> {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Client client;
    private final Screen screen;
    private final Piece piece;
    private final Path folder;
    private final String idempotencyKey;

    MediaRun(Client client, Screen screen, Piece piece, Path folder, String idempotencyKey) {
        this.client = client;
        this.screen = screen;
        this.piece = piece;
        this.folder = folder;
        this.idempotencyKey = idempotencyKey;
    }

    @Override
    public Made call() throws IOException {
        long start = System.nanoTime();
        ObjectNode job = client.post("/api/v1/generations", piece.request(), Map.of("Idempotency-Key", idempotencyKey));
        String id = job.path("id").asString("");
        JsonNode ended = watch(id);
        if (!ended.path("status").asString("").equals("completed")) {
            throw new ApiFailure(
                    piece.name() + ": the job is " + ended.path("status").asString("lost") + ", "
                            + ended.path("error").path("detail").asString("without a reason"));
        }
        JsonNode output = ended.path("outputs").path(0);
        Path file = folder.resolve(
                piece.file() + extension(output.path("content_type").asString("")));
        client.save(output.path("url").asString(""), file);
        screen.end(piece.name(), note(file, output, (System.nanoTime() - start) / NANOS_OF_MILLI));
        return new Made(piece, "job:" + id, file);
    }

    private JsonNode watch(String id) throws IOException {
        AtomicReference<JsonNode> last = new AtomicReference<>(Json.object());
        client.events("GET", "/api/v1/jobs/" + id + "/events", null, data -> {
            JsonNode job = Json.readOwn(data);
            last.set(job);
            String status = job.path("status").asString("");
            boolean queued = status.equals("queued");
            boolean open = queued || status.equals("running");
            if (open) {
                screen.move(piece.name(), job.path("progress").asInt(0), queued ? queue(job) : status);
            }
            return open;
        });
        return last.get();
    }

    private static String queue(JsonNode job) {
        long position = job.path("queue_position").asLong(0);
        return position > 0 ? "queued, " + position + " before it" : "queued";
    }

    private static String note(Path file, JsonNode output, long millis) throws IOException {
        return String.format(
                Locale.ROOT,
                "%5.1f s   %-9s  %6d kB  %s",
                millis / 1000.0,
                file.getFileName(),
                Math.max(1, Files.size(file) / 1024),
                shape(output));
    }

    private static String shape(JsonNode output) {
        String size = output.has("width")
                ? output.path("width").asInt() + "×" + output.path("height").asInt()
                : "";
        String length = output.has("duration_ms")
                ? String.format(
                        Locale.ROOT, "%.0f s", output.path("duration_ms").asInt() / 1000.0)
                : "";
        return (size + (size.isEmpty() || length.isEmpty() ? "" : ", ") + length).strip();
    }

    private static String extension(String contentType) {
        return switch (contentType) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "video/mp4" -> ".mp4";
            case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> ".wav";
            case "audio/flac" -> ".flac";
            default -> ".bin";
        };
    }
}
