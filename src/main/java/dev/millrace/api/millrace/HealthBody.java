package dev.millrace.api.millrace;

import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** Whether requests are taken: {@code ok}, or {@code draining} while the node ends. */
record HealthBody(String status) {
    static Response answer(Request request) {
        return request.draining()
                ? Response.json(503, new HealthBody("draining")).header("Retry-After", "5")
                : Response.json(200, new HealthBody("ok"));
    }
}
