package dev.millrace.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one answer, and decides whether its connection can take another request. */
final class Answer {
    static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    static final HeaderName CORRELATION_ID = HeaderNames.create("X-Correlation-ID");

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final byte[] NOTHING = new byte[0];
    private static final int PIECE = 64 * 1024;

    /** An unread body up to this size is read before the answer, so that the connection can be kept. */
    private static final long SKIP_BEFORE = 64 * 1024;

    /** So much of an unread body is read behind the answer: a socket closed over unread bytes drops the answer too. */
    private static final long SKIP_BEHIND = 16L * 1024 * 1024;

    private final Connection connection;
    private final ServerRequest from;
    private final RoutingResponse to;
    private final Request request;
    private final LiveExchange exchange;
    private boolean close;

    Answer(
            Connection connection,
            ServerRequest from,
            RoutingResponse to,
            Request request,
            LiveExchange exchange,
            boolean close) {
        this.connection = connection;
        this.from = from;
        this.to = to;
        this.request = request;
        this.exchange = exchange;
        this.close = close || from.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /**
     * Sends it; false when the connection can take no other request.
     *
     * @throws CloseConnectionException when the connection has broken under it
     */
    boolean send(Response response) {
        if (!exchange.bodyTaken()) {
            boolean small =
                    !exchange.bodyHeldBack() && request.contentLength() >= 0 && request.contentLength() <= SKIP_BEFORE;
            close = !(small && exchange.skipBody(SKIP_BEFORE)) || close;
        }
        try {
            write(response);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} the client did not take the answer", request.id());
            throw new CloseConnectionException("the client did not take the answer", e);
        }
        if (close && !exchange.bodyTaken() && !exchange.bodyHeldBack()) {
            exchange.skipBody(SKIP_BEHIND);
        }
        return !close;
    }

    private void write(Response response) throws IOException {
        switch (response.body()) {
            case Response.Body.Bytes bytes -> sendBytes(response, bytes.bytes());
            case Response.Body.FilePart part -> sendFile(response, part);
            case Response.Body.Events events -> sendEvents(response, events.events());
            case Response.Body.Written written -> sendWritten(response, written.writer());
        }
    }

    private void head(Response response) {
        to.status(Status.create(response.status()));
        List<String> headers = response.headers();
        for (int i = 0; i < headers.size(); i += 2) {
            to.headers().add(HeaderValues.create(headers.get(i), headers.get(i + 1)));
        }
        to.headers().set(HeaderValues.create(REQUEST_ID, request.id()));
        to.headers().set(HeaderValues.create(CORRELATION_ID, request.id()));
        if (close) {
            to.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }

    private void sendBytes(Response response, byte[] bytes) throws IOException {
        head(response);
        if (isHead()) {
            to.headers().contentLength(bytes.length);
            to.send(NOTHING);
        } else if (bytes.length <= 4 * PIECE) {
            to.send(bytes);
        } else {
            to.headers().contentLength(bytes.length);
            OutputStream out = to.outputStream();
            for (int at = 0; at < bytes.length; at += PIECE) {
                out.write(bytes, at, Math.min(PIECE, bytes.length - at));
            }
            out.close();
        }
    }

    private void sendFile(Response response, Response.Body.FilePart part) throws IOException {
        try (FileChannel file = FileChannel.open(part.file(), StandardOpenOption.READ)) {
            head(response);
            to.headers().contentLength(part.length());
            if (isHead() || part.length() == 0) {
                to.send(NOTHING);
                return;
            }
            OutputStream out = to.outputStream();
            byte[] piece = new byte[(int) Math.min(PIECE, part.length())];
            long sent = 0;
            while (sent < part.length()) {
                int n = file.read(
                        ByteBuffer.wrap(piece, 0, (int) Math.min(piece.length, part.length() - sent)),
                        part.from() + sent);
                if (n < 0) {
                    throw new IOException("the file is shorter than was said");
                }
                out.write(piece, 0, n);
                sent += n;
            }
            out.close();
        }
    }

    private void sendWritten(Response response, WrittenBody body) throws IOException {
        head(response);
        if (isHead()) {
            to.send(NOTHING);
            return;
        }
        OutputStream out = to.outputStream();
        try {
            body.write(out);
        } catch (IOException | RuntimeException e) {
            LOG.error("{} a body was cut: {}", request.id(), StackText.of(e));
            throw new CloseConnectionException("a body was cut", e);
        }
        out.close();
        // Closing leaves the last chunk to this; without it a client waits for the end until the connection is closed.
        to.commit();
    }

    private void sendEvents(Response response, SseBody events) throws IOException {
        head(response);
        to.headers().set(HeaderValues.TRANSFER_ENCODING_CHUNKED);
        BufferData head = BufferData.growing(512);
        head.writeAscii("HTTP/1.1 200 OK\r\n");
        for (Header header : to.headers()) {
            header.writeHttp1Header(head);
        }
        head.writeAscii("\r\n");
        var stream = new EventWriter(connection.dataWriter(), exchange::clientGone);
        begin(stream, head);
        exchange.clientGone();
        try {
            events.write(stream);
        } catch (IOException | RuntimeException e) {
            if (isHead()) {
                return;
            }
            if (stream.open()) {
                LOG.error("{} an event stream failed: {}", request.id(), StackText.of(e));
            }
            throw new CloseConnectionException("an event stream was cut", e);
        }
        if (!isHead()) {
            stream.end();
        }
    }

    /** The body is always called, open or not: what it holds for its client (money, a permit) is given back by it alone. */
    private void begin(EventWriter stream, BufferData head) {
        try {
            connection.dataWriter().write(head);
        } catch (RuntimeException hungUp) {
            LOG.debug("{} the client hung up before the head of its event stream", request.id());
            stream.cut();
        }
        if (isHead()) {
            stream.cut();
        }
    }

    private boolean isHead() {
        return from.prologue().method().text().equals("HEAD");
    }
}
