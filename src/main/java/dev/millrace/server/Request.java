package dev.millrace.server;

import dev.millrace.problem.Problem;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request as a handler sees it. Belongs to its handler's thread. */
public final class Request {
    private final Exchange exchange;
    private final RequestTarget target;
    private final Headers headers;
    private final String id;
    private String[] names = new String[0];
    private String[] values = new String[0];
    private String needs = "";
    private String dialect = "";

    Request(Exchange exchange, RequestTarget target, Headers headers, String id) {
        this.exchange = exchange;
        this.target = target;
        this.headers = headers;
        this.id = id;
    }

    /** This request's id, a UUID of version 7; every answer carries it as {@code X-Request-Id} and {@code X-Correlation-ID}. */
    public String id() {
        return id;
    }

    /** The method in upper case; a {@code HEAD} that is answered by a {@code GET} route reads {@code HEAD}. */
    public String method() {
        return exchange.method();
    }

    /** The path as it came, percent-encoded, without the query. */
    public String path() {
        return target.rawPath();
    }

    /**
     * The decoded value of a pattern's {@code {name}} or {@code {+name}}.
     *
     * @throws IllegalArgumentException when the route's pattern has no such name
     */
    public String pathParam(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("the pattern has no {" + name + "}");
    }

    /**
     * The first value of a query parameter; empty when it is absent, {@code ""} when it stands there without one.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_REQUEST} when the query is not percent-encoded UTF-8
     */
    public Optional<String> query(String name) {
        return target.query(name);
    }

    /** The names of all query parameters, in their order; throws as {@link #query}. */
    public List<String> queryNames() {
        return target.queryNames();
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.first(name(name));
    }

    /** Every value of a header: one for each time that it was sent. */
    public List<String> headers(String name) {
        return headers.all(name(name), List::of);
    }

    /** Every header by its name in lower case, with each value that was sent. */
    public Map<String, List<String>> headers() {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach(header -> all.put(header.headerName().lowerCase(), header.allValues()));
        return all;
    }

    /** The content type in lower case without its parameters, or an empty text. */
    public String contentType() {
        String value = header("Content-Type").orElse("");
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** The length that the request states for its body; -1 when it states none. */
    public long contentLength() {
        return headers.contentLength().orElse(-1);
    }

    /**
     * The whole body; the same array each time, empty when there is none.
     *
     * @throws dev.millrace.problem.ProblemException {@code PAYLOAD_TOO_LARGE} above the server's limit, {@code INVALID_REQUEST} when
     *     its framing is broken
     */
    public byte[] body() {
        return exchange.body();
    }

    /**
     * The body as it arrives, for what need not fit in memory; it fails with an {@link java.io.IOException} when the client stops, and
     * with {@code PAYLOAD_TOO_LARGE} behind {@code maxBytes}.
     */
    public InputStream stream(long maxBytes) {
        return exchange.stream(maxBytes);
    }

    /** The base URL under which clients see this server, without a slash at its end; for links in answers. */
    public URI baseUrl() {
        return exchange.baseUrl(header("Host").orElse(""));
    }

    /** The address of the client: the peer's, or what the trusted proxies in front of this server say. */
    public String remoteAddress() {
        return exchange.clientAddress(headers("X-Forwarded-For"));
    }

    /** Whether the server has begun to drain: what readiness reports. */
    public boolean draining() {
        return exchange.draining();
    }

    /**
     * Whether the client has hung up, so that nobody waits for the answer: what a handler that works long asks between its steps.
     * Known once the body has been read; a client that ends its sending side alone counts as gone too.
     */
    public boolean clientGone() {
        return exchange.clientGone();
    }

    /** What the route says that whoever asks must be allowed; see {@link RouteInfo#needs}. */
    public String needs() {
        return needs;
    }

    /** The name of the dialect that the route belongs to; empty for none. */
    public String dialect() {
        return dialect;
    }

    void matched(String[] patternNames, String[] patternValues, String routeNeeds, String routeDialect) {
        this.needs = routeNeeds;
        this.dialect = routeDialect;
        this.names = patternNames;
        this.values = patternValues;
    }

    RequestTarget target() {
        return target;
    }

    static Problem invalid(String detail) {
        return Problem.of(dev.millrace.problem.ProblemCode.INVALID_REQUEST, detail);
    }

    private static HeaderName name(String name) {
        return HeaderNames.create(name);
    }
}
