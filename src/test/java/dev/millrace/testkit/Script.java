package dev.millrace.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What {@link ScriptedUpstream} does with one request.
 *
 * @param head the status line and headers, each line ended; empty sends the body alone
 * @param signal the answer waits for it
 * @param pace how long to wait behind each byte; zero sends the whole at once
 * @param cut so many bytes of head and body are sent before the connection is reset; -1 sends all
 * @param endless the body is sent again and again until the client hangs up
 */
public record Script(
        String head, byte[] body, CompletionStage<?> signal, Duration pace, int cut, boolean endless, boolean closing) {
    private static final CompletionStage<?> NOW = CompletableFuture.completedStage(null);

    /** An answer with this status and JSON body. */
    public static Script status(int status, String body) {
        return status(status, List.of("Content-Type: application/json"), body.getBytes(StandardCharsets.UTF_8));
    }

    public static Script status(int status) {
        return status(status, "");
    }

    public static Script status(int status, List<String> headers, byte[] body) {
        List<String> lines = new ArrayList<>();
        lines.add("HTTP/1.1 " + status + " Scripted");
        lines.addAll(headers);
        lines.add("Content-Length: " + body.length);
        return raw(String.join("\r\n", lines) + "\r\n\r\n", body);
    }

    public static Script redirect(String location) {
        return status(302, List.of("Location: " + location), new byte[0]);
    }

    /** These bytes, whatever they are. */
    public static Script raw(String head, byte[] body) {
        return new Script(head, body, NOW, Duration.ZERO, -1, false, false);
    }

    /** An answer in chunks, such as an event stream; each piece is one chunk. */
    public static Script chunks(String contentType, List<String> pieces) {
        StringBuilder body = new StringBuilder();
        for (String piece : pieces) {
            int length = piece.getBytes(StandardCharsets.UTF_8).length;
            body.append(Integer.toHexString(length))
                    .append("\r\n")
                    .append(piece)
                    .append("\r\n");
        }
        return raw(
                "HTTP/1.1 200 OK\r\nContent-Type: " + contentType + "\r\nTransfer-Encoding: chunked\r\n\r\n",
                body.append("0\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the request and never says a word. */
    public static Script silent() {
        return status(200).after(new CompletableFuture<>());
    }

    /** A body that never ends. */
    public static Script infinite() {
        return new Script("HTTP/1.1 200 OK\r\n\r\n", new byte[16 * 1024], NOW, Duration.ZERO, -1, true, false);
    }

    public Script after(CompletionStage<?> newSignal) {
        return new Script(head, body, newSignal, pace, cut, endless, closing);
    }

    public Script drip(Duration newPace) {
        return new Script(head, body, signal, newPace, cut, endless, closing);
    }

    public Script cutAt(int bytes) {
        return new Script(head, body, signal, pace, bytes, endless, closing);
    }

    /** Closes the connection behind the answer. */
    public Script thenClose() {
        return new Script(head, body, signal, pace, cut, endless, true);
    }

    byte[] bytes() {
        byte[] start = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = java.util.Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }
}
