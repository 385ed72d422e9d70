package dev.millrace.api.millrace.openapi;

import dev.millrace.server.Handler;
import dev.millrace.server.Routes;

/** A group of routes, each of which is registered together with what the document says about it. */
public final class Described {
    private final Routes.Group group;
    private final Failures failures;
    private final OpenApiDocument document;

    public Described(Routes.Group group, Failures failures, OpenApiDocument document) {
        this.group = group;
        this.failures = failures;
        this.document = document;
    }

    /** One route. */
    public Described on(Operation operation, Handler handler) {
        group.needing(operation.needs()).on(operation.method(), operation.pattern(), handler);
        document.add(operation, failures);
        return this;
    }
}
