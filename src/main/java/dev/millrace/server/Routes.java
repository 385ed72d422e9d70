package dev.millrace.server;

import java.util.ArrayList;
import java.util.List;

/**
 * The table of all routes, filled at start and read by the server.
 *
 * <p>A pattern is a path of segments: a literal, {@code {name}} for exactly one segment, or {@code {+name}} at the end for
 * one or more. At each segment a literal beats {@code {name}} beats {@code {+name}}, whatever the order of registration. The most
 * specific pattern that fits a path owns it: a method that it has not is 405, not a case for a less specific pattern.
 * {@code GET} also answers {@code HEAD}; {@code OPTIONS} is answered with {@code Allow} where no route takes it.
 */
public final class Routes {
    private final RouteNode root = new RouteNode();
    private final List<RouteInfo> list = new ArrayList<>();
    private ErrorRenderer fallback = ProblemJson::render;
    private Around around = (request, next) -> next.get();

    /** A new group of routes whose failures, 404, 405 and 413 included, are rendered by one dialect. */
    public Group group(ErrorRenderer errors) {
        return new Group(this, errors, "", "");
    }

    /** How failures are rendered on paths that nobody owns; as {@link ProblemJson} unless said otherwise. */
    public void fallback(ErrorRenderer errors) {
        this.fallback = errors;
    }

    /** What stands around the answering of every request, in place of nothing. */
    public void around(Around every) {
        this.around = every;
    }

    /** Every route in the order of registration. */
    public List<RouteInfo> list() {
        return List.copyOf(list);
    }

    ErrorRenderer fallback() {
        return fallback;
    }

    Around around() {
        return around;
    }

    RouteNode root() {
        return root;
    }

    private void add(
            String method, String pattern, String needs, String dialect, Handler handler, ErrorRenderer errors) {
        root.add(new Route(method, pattern, needs, dialect, handler, errors));
        list.add(new RouteInfo(method, pattern, needs, dialect));
    }

    /** Routes of one dialect. */
    public static final class Group {
        private final Routes routes;
        private final ErrorRenderer errors;
        private final String needs;
        private final String dialect;

        private Group(Routes routes, ErrorRenderer errors, String needs, String dialect) {
            this.dialect = dialect;
            this.routes = routes;
            this.errors = errors;
            this.needs = needs;
        }

        /**
         * The same group, for routes for which whoever asks must be allowed that: a word of those who check it, which they read from
         * {@link Request#needs}; {@link RouteInfo#ANYONE} for routes that answer anybody.
         */
        public Group needing(String what) {
            return new Group(routes, errors, what, dialect);
        }

        /** The same group, for routes of the dialect of that name, which those who check keys read from {@link Request#dialect}. */
        public Group speaking(String name) {
            return new Group(routes, errors, needs, name);
        }

        public Group get(String pattern, Handler handler) {
            return on("GET", pattern, handler);
        }

        public Group post(String pattern, Handler handler) {
            return on("POST", pattern, handler);
        }

        public Group put(String pattern, Handler handler) {
            return on("PUT", pattern, handler);
        }

        public Group patch(String pattern, Handler handler) {
            return on("PATCH", pattern, handler);
        }

        public Group delete(String pattern, Handler handler) {
            return on("DELETE", pattern, handler);
        }

        /**
         * One route.
         *
         * @throws IllegalArgumentException when the pattern is malformed, or its method and pattern are taken
         */
        public Group on(String method, String pattern, Handler handler) {
            routes.add(method, pattern, needs, dialect, handler, errors);
            return this;
        }
    }
}
