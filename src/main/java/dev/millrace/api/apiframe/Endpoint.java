package dev.millrace.api.apiframe;

import dev.millrace.server.Handler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of the dialect: its route, and what the OpenAPI document says of it. Both are made from this, so that the
 * document names every route and no other.
 *
 * @param path the route's pattern, which is also the document's
 * @param open whether it is answered without a key
 * @param body what it takes; null when it takes no body
 * @param success the status of a success
 * @param answer the schema of a success; null for an empty one
 * @param refusals the statuses of its failures
 * @param query the parameters of its query
 */
record Endpoint(
        String method,
        String path,
        String tag,
        String summary,
        boolean open,
        @Nullable Payload body,
        int success,
        @Nullable String answer,
        List<Integer> refusals,
        List<Parameter> query,
        Handler handler) {
    private static final List<Integer> OF_READING = List.of(400, 401, 403, 429);
    private static final List<Integer> OF_JOBS = List.of(400, 401, 402, 403, 409, 429, 503);

    Endpoint {
        refusals = List.copyOf(refusals);
        query = List.copyOf(query);
    }

    /**
     * What a route takes.
     *
     * @param schema the name of its schema in the document
     */
    record Payload(String mediaType, String schema) {
        static Payload json(String schema) {
            return new Payload("application/json", schema);
        }

        static Payload form(String schema) {
            return new Payload("multipart/form-data", schema);
        }
    }

    /**
     * A parameter of a query.
     *
     * @param schema as JSON text
     */
    record Parameter(String name, String schema) {}

    /** A route that makes a job. */
    static Endpoint job(String path, String tag, String summary, String schema, Handler handler) {
        return new Endpoint(
                "POST",
                path,
                tag,
                summary,
                false,
                Payload.json(schema),
                202,
                "JobAccepted",
                OF_JOBS,
                List.of(),
                handler);
    }

    /** A route that shows something. */
    static Endpoint get(String path, String tag, String summary, String answer, Handler handler) {
        return new Endpoint("GET", path, tag, summary, false, null, 200, answer, OF_READING, List.of(), handler);
    }

    static Endpoint post(
            String path, String tag, String summary, Payload body, int success, String answer, Handler handler) {
        return new Endpoint("POST", path, tag, summary, false, body, success, answer, OF_READING, List.of(), handler);
    }

    /** The same with other failures. */
    Endpoint refusing(Integer... statuses) {
        return new Endpoint(method, path, tag, summary, open, body, success, answer, List.of(statuses), query, handler);
    }

    Endpoint with(Parameter... parameters) {
        return new Endpoint(
                method, path, tag, summary, open, body, success, answer, refusals, List.of(parameters), handler);
    }

    /** The same without a key. */
    Endpoint withoutKey() {
        return new Endpoint(method, path, tag, summary, true, body, success, answer, List.of(400), query, handler);
    }
}
