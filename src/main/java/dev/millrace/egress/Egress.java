package dev.millrace.egress;

import dev.millrace.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Sends HTTP requests to the outside, guarded. Safe for any number of threads; a call blocks its own. */
public final class Egress {
    private static final int HEAD_MAX = 64 * 1024;

    private final Guard guard;
    private final Connector connector;
    private final MeterRegistry metrics;

    /** @throws IllegalArgumentException when a setting names no network */
    public Egress(EgressSettings settings, MeterRegistry metrics) {
        this(settings, metrics, Resolver.SYSTEM, systemTls());
    }

    /** With another way to look names up and other certificates to trust, for tests. */
    Egress(EgressSettings settings, MeterRegistry metrics, Resolver resolver, SSLContext tls) {
        this.guard = new Guard(settings);
        this.connector = new Connector(
                guard, resolver, tls, Math.toIntExact(settings.connectTimeout().toMillis()));
        this.metrics = metrics;
    }

    /**
     * Refuses a URL that a customer gives when it is plain without a look-up that it may not be reached: scheme, port, credentials,
     * length, or a literal address in any spelling. What a name resolves to is checked at each connection.
     *
     * @param field the name of the parameter that holds the URL, for the detail
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER}
     */
    public void check(String field, String url) {
        try {
            guard.checkBeforeLookup(Target.parse(url));
        } catch (BadUrlException e) {
            throw Problem.parameter(field, "The URL " + e.getMessage() + ".").toException();
        }
    }

    /**
     * The answer with its body in memory.
     *
     * @throws EgressException when there is no complete answer
     */
    public EgressResponse send(EgressRequest request) throws EgressException {
        try {
            return exchange(
                    request, (status, headers, body) -> new EgressResponse(status, headers, body.readAllBytes()));
        } catch (EgressException e) {
            throw e;
        } catch (IOException e) {
            throw new EgressException(EgressFailure.BROKEN, e);
        }
    }

    /**
     * The answer through a reader, for a body that need not fit in memory; the connection is closed when the reader returns,
     * whether it has read the body or not.
     *
     * @throws IOException an {@link EgressException} as {@link #send} has it, or what the reader throws
     */
    public <R> R exchange(EgressRequest request, EgressReader<R> reader) throws IOException {
        long start = System.nanoTime();
        Target target = target(request);
        String outcome = "failed";
        try (Deadline deadline = new Deadline(request.timeout());
                Socket socket = connector.connect(target, request.trust(), deadline)) {
            InputStream in = ask(request, target, socket, deadline);
            ResponseHead head = head(in, deadline);
            InputStream body = head.body(request.method(), in);
            outcome = head.status() / 100 + "xx";
            return reader.read(
                    head.status(), head.headers(), new CappedBody(body, request.maxResponseBytes(), deadline));
        } catch (EgressException e) {
            outcome = e.failure().slug();
            throw e;
        } finally {
            record(request.trust(), outcome, System.nanoTime() - start);
        }
    }

    private Target target(EgressRequest request) throws EgressException {
        try {
            Target target = Target.parse(request.url().toString());
            if (request.trust() == Trust.CUSTOMER) {
                guard.checkBeforeLookup(target);
            }
            return target;
        } catch (BadUrlException e) {
            throw new EgressException(EgressFailure.REFUSED, e);
        }
    }

    private InputStream ask(EgressRequest request, Target target, Socket socket, Deadline deadline)
            throws EgressException {
        byte[] head = RequestText.head(request, target);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(together(head, request.body()));
            out.flush();
            return new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw broken(deadline, e);
        }
    }

    private static ResponseHead head(InputStream in, Deadline deadline) throws EgressException {
        try {
            return ResponseHead.read(new Lines(in, HEAD_MAX));
        } catch (EgressException e) {
            throw e;
        } catch (IOException e) {
            throw broken(deadline, e);
        }
    }

    private static EgressException broken(Deadline deadline, IOException cause) {
        return new EgressException(deadline.over() ? EgressFailure.TIMED_OUT : EgressFailure.BROKEN, cause);
    }

    /** One array, so that a small request is one packet. */
    private static byte[] together(byte[] head, byte[] body) {
        byte[] all = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private void record(Trust trust, String outcome, long nanos) {
        Timer.builder("millrace.egress.requests")
                .description("Requests to the outside by who chose the URL and what came of them")
                .tag("trust", trust.name().toLowerCase(Locale.ROOT))
                .tag("outcome", outcome)
                .register(metrics)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private static SSLContext systemTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
