package dev.millrace.server;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.InputStream;

/** A request's body as it arrives, up to a limit, with the library's exceptions turned into ours. */
final class BodyStream extends InputStream {
    private static final int TOO_LARGE = 413;

    private final InputStream from;
    private final Connection connection;
    private final long maxBytes;
    private long count;

    BodyStream(InputStream from, Connection connection, long maxBytes) {
        this.from = from;
        this.connection = connection;
        this.maxBytes = maxBytes;
    }

    static ProblemException tooLarge(long maxBytes) {
        return new ProblemException(
                ProblemCode.PAYLOAD_TOO_LARGE,
                "The body is larger than the " + maxBytes + " bytes that are taken here.");
    }

    private static ProblemException malformed() {
        return new ProblemException(ProblemCode.INVALID_REQUEST, "The body's chunks are malformed.");
    }

    InputStream raw() {
        return from;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n;
        try {
            n = from.read(buffer, offset, length);
        } catch (RequestException e) {
            if (e.status().code() == TOO_LARGE) {
                throw tooLarge(maxBytes);
            }
            throw malformed();
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
            throw new IOException("the client stopped sending", e);
        } catch (RuntimeException unparseable) {
            throw malformed();
        }
        connection.progress();
        count += Math.max(0, n);
        if (count > maxBytes) {
            throw tooLarge(maxBytes);
        }
        return n;
    }
}
