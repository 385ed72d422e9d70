package dev.millrace.testkit;

import dev.millrace.testkit.Caller.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One HTTP request written byte by byte, for what no client library would send. */
public final class RawCall {
    private static final int PATIENCE_MILLIS = 20_000;

    private RawCall() {}

    /**
     * Sends a request with {@code Connection: close} and reads the answer to its end.
     *
     * @param lines the request line and the header lines, in Latin-1
     */
    public static Reply send(int port, byte[] body, String... lines) {
        String head = String.join("\r\n", lines) + "\r\nHost: localhost:" + port
                + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return reply(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reply reply(byte[] answer) {
        String text = new String(answer, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new AssertionError("no answer: " + text);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int status = Integer.parseInt(lines[0].substring(9, 12));
        return new Reply(status, headers, Arrays.copyOfRange(answer, end + 4, answer.length));
    }
}
