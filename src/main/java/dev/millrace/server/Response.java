package dev.millrace.server;

import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to one request: a status, headers, and a body that is bytes, a part of a file, or an event stream. */
public final class Response {
    private static final byte[] NOTHING = new byte[0];

    private final int status;
    private final Body body;
    private final List<String> headers = new ArrayList<>(8);

    private Response(int status, Body body) {
        this.status = status;
        this.body = body;
    }

    /** An answer whose body is the value as JSON: a tree, record, map or list. */
    public static Response json(int status, Object value) {
        return bytes(status, "application/json", Json.bytes(value));
    }

    /** An answer in plain UTF-8 text. */
    public static Response text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response bytes(int status, String contentType, byte[] body) {
        return new Response(status, new Body.Bytes(body)).header("Content-Type", contentType);
    }

    /** An answer without a body. */
    public static Response empty(int status) {
        return new Response(status, new Body.Bytes(NOTHING));
    }

    /**
     * A file, or the one range of it that the request asks for (RFC 9110, section 14): 200, 206 or 416, or 304 when the request
     * names the entity tag that the file still has. Always sent with {@code X-Content-Type-Options: nosniff}; a download
     * name is the caller's, as {@code Content-Disposition}.
     *
     * @param size the length that the file is known to have, in bytes
     * @param tag the strong entity tag without quotes, such as the SHA-256 of the content
     */
    public static Response file(Path file, long size, String contentType, String tag, Request request) {
        return FileRange.answer(file, size, contentType, tag, request);
    }

    /** A {@code text/event-stream}: status 200, sent at once; {@code body} then writes events until it returns. */
    public static Response sse(SseBody body) {
        return new Response(200, new Body.Events(body))
                .header("Content-Type", "text/event-stream")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
    }

    /**
     * A body of unknown length, written as it is sent: status 200, chunked. It is not called for {@code HEAD}. Where it throws, the
     * connection is cut, so that nobody takes the part for the whole.
     */
    public static Response written(String contentType, WrittenBody body) {
        return new Response(200, new Body.Written(body)).header("Content-Type", contentType);
    }

    static Response part(int status, Path file, long from, long length) {
        return new Response(status, new Body.FilePart(file, from, length));
    }

    /**
     * This same answer with one more header.
     *
     * @throws IllegalArgumentException when the name or value has a character that no header may have
     */
    public Response header(String name, String value) {
        headers.add(HeaderText.name(name));
        headers.add(HeaderText.value(value));
        return this;
    }

    public int status() {
        return status;
    }

    /** The value of the first header of this name, whatever its case, or null. */
    public @Nullable String header(String name) {
        for (int i = 0; i < headers.size(); i += 2) {
            if (headers.get(i).equalsIgnoreCase(name)) {
                return headers.get(i + 1);
            }
        }
        return null;
    }

    Body body() {
        return body;
    }

    /** Names and values in turn. */
    List<String> headers() {
        return headers;
    }

    /** What an answer's body is made of. */
    sealed interface Body {
        record Bytes(byte[] bytes) implements Body {}

        record FilePart(Path file, long from, long length) implements Body {}

        record Events(SseBody events) implements Body {}

        record Written(WrittenBody writer) implements Body {}
    }
}
