package dev.millrace.server;

/** One method of one pattern: who answers it, and who renders its failures. */
final class Route {
    final String method;
    final String pattern;

    /** What whoever asks must be allowed. */
    final String needs;

    /** The name of the dialect that it belongs to; empty for none. */
    final String dialect;

    final Handler handler;
    final ErrorRenderer errors;

    final String[] segments;

    /** What {@code {name}} parts are called, in their order. */
    final String[] names;

    Route(String method, String pattern, String needs, String dialect, Handler handler, ErrorRenderer errors) {
        this.dialect = dialect;
        this.method = method;
        this.pattern = pattern;
        this.needs = needs;
        this.handler = handler;
        this.errors = errors;
        this.segments = RoutePattern.segments(pattern);
        this.names = RoutePattern.names(pattern);
    }
}
