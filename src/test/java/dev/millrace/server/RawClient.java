package dev.millrace.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Speaks HTTP byte by byte, right or wrong. */
final class RawClient implements AutoCloseable {
    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The next answer; its body by Content-Length or chunks. */
    Reply read() throws IOException {
        String head = head();
        String lower = head.toLowerCase(Locale.ROOT);
        if (lower.contains("transfer-encoding: chunked")) {
            return new Reply(head, chunks());
        }
        int length = header(head, "content-length").isEmpty() ? 0 : Integer.parseInt(header(head, "content-length"));
        return new Reply(head, new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8));
    }

    /** The head of the next answer only. */
    String head() throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("closed after: " + bytes);
            }
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next chunk of a chunked answer; empty at its end. */
    String chunk() throws IOException {
        InputStream in = socket.getInputStream();
        var size = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("closed");
            }
            size.append((char) b);
        }
        String text = new String(in.readNBytes(Integer.parseInt(size.toString().strip(), 16)), StandardCharsets.UTF_8);
        in.readNBytes(2);
        return text;
    }

    /** Whether the server closes the connection, in good order or not. */
    boolean closed() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    private String chunks() throws IOException {
        var text = new StringBuilder();
        for (String next = chunk(); !next.isEmpty(); next = chunk()) {
            text.append(next);
        }
        return text.toString();
    }

    static String header(String head, String name) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** One answer. */
    record Reply(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        String header(String name) {
            return RawClient.header(head, name);
        }
    }
}
