package dev.millrace.server;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An exchange on an open connection. */
final class LiveExchange implements Exchange {
    private static final byte[] NOTHING = new byte[0];

    private final ServerRequest request;
    private final Connection connection;
    private final ServerSettings settings;
    private final ClientAddress clients;
    private final BooleanSupplier draining;
    private byte @Nullable [] body;
    private @Nullable BodyStream stream;

    LiveExchange(
            ServerRequest request,
            Connection connection,
            ServerSettings settings,
            ClientAddress clients,
            BooleanSupplier draining) {
        this.clients = clients;
        this.request = request;
        this.connection = connection;
        this.settings = settings;
        this.draining = draining;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public byte[] body() {
        if (body == null) {
            try {
                body = hasBody() ? stream(settings.maxBodyBytes()).readAllBytes() : NOTHING;
            } catch (IOException e) {
                throw new ProblemException(
                        ProblemCode.INVALID_REQUEST, "The body ends before its stated length, or came too slowly.");
            }
        }
        return body;
    }

    @Override
    public InputStream stream(long maxBytes) {
        if (!hasBody()) {
            return InputStream.nullInputStream();
        }
        if (stream == null) {
            refuseTooLarge(maxBytes);
            stream = new BodyStream(request.content().inputStream(), connection, maxBytes);
        }
        return stream;
    }

    @Override
    public URI baseUrl(String host) {
        URI stated = settings.publicUrl();
        if (stated != null) {
            return stated;
        }
        try {
            return URI.create("http://" + (host.isEmpty() ? settings.host() + ":" + settings.port() : host));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The Host header is not a host.");
        }
    }

    @Override
    public String clientAddress(List<String> forwarded) {
        return clients.of(request.remotePeer().host(), forwarded);
    }

    @Override
    public boolean draining() {
        return draining.getAsBoolean();
    }

    @Override
    public boolean clientGone() {
        return bodyTaken() && connection.hungUp();
    }

    boolean hasBody() {
        return request.content().hasEntity();
    }

    /** Whether the connection stands at the end of this request's body, so that another request can follow. */
    boolean bodyTaken() {
        return !hasBody() || request.content().consumed();
    }

    /** Whether the client waits to be told that it may send its body, and was not. */
    boolean bodyHeldBack() {
        return hasBody() && !request.continueSent();
    }

    /** Reads on to the body's end; false when there is more than that, or it breaks. */
    boolean skipBody(long maxBytes) {
        try {
            InputStream rest = stream == null ? request.content().inputStream() : stream.raw();
            byte[] buffer = new byte[8192];
            long skipped = 0;
            for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
                connection.progress();
                skipped += n;
                if (skipped > maxBytes) {
                    return false;
                }
            }
            return bodyTaken();
        } catch (IOException | RuntimeException broken) {
            return false;
        }
    }

    private void refuseTooLarge(long maxBytes) {
        if (request.headers().contains(HeaderNames.CONTENT_LENGTH)
                && request.headers().contentLength().orElse(0) > maxBytes) {
            throw BodyStream.tooLarge(maxBytes);
        }
    }
}
