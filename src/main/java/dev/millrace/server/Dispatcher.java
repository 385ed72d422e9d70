package dev.millrace.server;

import dev.millrace.id.IdSource;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.telemetry.CurrentRequest;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request to its route, and each failure to the renderer of the group that owns the path. */
final class Dispatcher implements HttpRouting {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Routes routes;
    private final ServerSettings settings;
    private final ClientAddress clients;
    private final IdSource ids;
    private final ServerMeters meters;
    private volatile boolean draining;

    Dispatcher(Routes routes, ServerSettings settings, IdSource ids, ServerMeters meters) {
        this.routes = routes;
        this.settings = settings;
        this.clients = new ClientAddress(settings.trustedProxies());
        this.ids = ids;
        this.meters = meters;
    }

    List<RouteInfo> list() {
        return routes.list();
    }

    void drain() {
        draining = true;
    }

    boolean draining() {
        return draining;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest from, RoutingResponse to) {
        Connection connection = (Connection) context;
        connection.begin();
        HttpPrologue prologue = from.prologue();
        String path = originForm(prologue.uriPath().rawPath());
        var target =
                new RequestTarget(path, prologue.hasQuery() ? prologue.query().rawValue() : null);
        var exchange = new LiveExchange(from, connection, settings, clients, this::draining);
        var request = new Request(exchange, target, from.headers(), ids.uuid().toString());
        // Every log line of this request, whichever room writes it, names it.
        CurrentRequest.run(request.id(), () -> serve(request, exchange, connection, from, to));
    }

    private void serve(
            Request request, LiveExchange exchange, Connection connection, RoutingRequest from, RoutingResponse to) {
        long start = System.nanoTime();
        var found = new Found(routes.fallback());
        boolean keep;
        try {
            Response response = routes.around().answer(request, () -> answer(request, found));
            keep = new Answer(connection, from, to, request, exchange, draining).send(response);
            meters.answered(found.route, request.method(), response.status(), System.nanoTime() - start);
            LOG.atDebug().log(
                    () -> "%s %s %s %d".formatted(request.id(), request.method(), found.pattern(), response.status()));
        } catch (CloseConnectionException e) {
            meters.cut(found.route, request.method(), System.nanoTime() - start);
            throw e;
        } finally {
            connection.end();
        }
        if (!keep) {
            throw new CloseConnectionException("the connection ends with this answer");
        }
    }

    /** The answer to a request that broke before it reached a route. */
    Response broken(Request request, Problem problem) {
        ErrorRenderer errors = routes.fallback();
        try {
            RouteNode node = routes.root().find(request.target().segments());
            errors = node == null ? errors : node.any().errors;
        } catch (ProblemException unreadable) {
            // nobody owns a path that can not be read
        }
        return render(problem, request, errors);
    }

    String newId() {
        return ids.uuid().toString();
    }

    private Response answer(Request request, Found found) {
        try {
            String[] segments = request.target().segments();
            RouteNode node = routes.root().find(segments);
            if (node == null) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "Nothing is served under this path.");
            }
            found.errors = node.any().errors;
            Route route = pick(node, request.method());
            if (route == null) {
                return noSuchMethod(node, request, found);
            }
            found.route = route;
            request.matched(route.names, RoutePattern.values(route, segments), route.needs, route.dialect);
            return route.handler.handle(request);
        } catch (ProblemException e) {
            return render(e.problem(), request, found.errors);
        } catch (CloseConnectionException e) {
            throw e;
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client hung up", e);
        } catch (Throwable e) {
            return bug(e, request, found);
        }
    }

    private static @Nullable Route pick(RouteNode node, String method) {
        Route route = node.route(method);
        return route == null && method.equals("HEAD") ? node.route("GET") : route;
    }

    private static Response noSuchMethod(RouteNode node, Request request, Found found) {
        var allowed = new TreeSet<>(node.methods());
        allowed.add("OPTIONS");
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String allow = String.join(", ", allowed);
        if (request.method().equals("OPTIONS")) {
            return Response.empty(204).header("Allow", allow);
        }
        Problem problem = Problem.of(
                ProblemCode.METHOD_NOT_ALLOWED, "This path does not take this method; it takes " + allow + ".");
        return render(problem, request, found.errors).header("Allow", allow);
    }

    private Response bug(Throwable failure, Request request, Found found) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.error("{} {} failed: {}", request.method(), found.pattern(), StackText.of(failure));
        String detail = "Something went wrong inside. Quote the request id " + request.id() + " to the operator.";
        return render(Problem.of(ProblemCode.INTERNAL, detail), request, found.errors);
    }

    private static Response render(Problem problem, Request request, ErrorRenderer errors) {
        Response response;
        try {
            response = errors.render(problem, request);
        } catch (RuntimeException e) {
            LOG.error("a failure could not be rendered: {}", StackText.of(e));
            response = Response.text(problem.code().status(), problem.code().title() + ".\n");
        }
        return problem.retryAfter() == null || response.header("Retry-After") != null
                ? response
                : response.header("Retry-After", RetryAfter.seconds(problem.retryAfter()));
    }

    /** A target in absolute form without its scheme and authority; every server must take it (RFC 9112, section 3.2.2). */
    private static String originForm(String target) {
        if (target.startsWith("/") || !target.startsWith("http://") && !target.startsWith("https://")) {
            return target;
        }
        int path = target.indexOf('/', "https://".length());
        return path < 0 ? "/" : target.substring(path);
    }

    @Override
    public HttpSecurity security() {
        return HttpSecurity.create();
    }

    /** What has been found out about a request so far. */
    private static final class Found {
        ErrorRenderer errors;

        @Nullable
        Route route;

        Found(ErrorRenderer errors) {
            this.errors = errors;
        }

        String pattern() {
            return route == null ? "(none)" : route.pattern;
        }
    }
}
