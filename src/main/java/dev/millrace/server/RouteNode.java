package dev.millrace.server;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One place in the tree of patterns: the routes that end here, and the segments that may follow. */
final class RouteNode {
    private final Map<String, Route> routes = new TreeMap<>();
    private final Map<String, RouteNode> literals = new HashMap<>();
    private @Nullable RouteNode parameter;
    private @Nullable RouteNode rest;

    void add(Route route) {
        RouteNode node = this;
        for (String segment : RoutePattern.segments(route.pattern)) {
            node = node.child(segment);
        }
        if (node.routes.putIfAbsent(route.method, route) != null) {
            throw new IllegalArgumentException("taken: " + route.method + " " + route.pattern);
        }
    }

    /** The node that owns a path of decoded segments, or null. */
    @Nullable
    RouteNode find(String[] segments) {
        return find(segments, 0);
    }

    private @Nullable RouteNode find(String[] segments, int at) {
        if (at == segments.length) {
            return routes.isEmpty() ? null : this;
        }
        RouteNode next = literals.get(segments[at]);
        RouteNode found = next == null ? null : next.find(segments, at + 1);
        if (found == null && parameter != null && !segments[at].isEmpty()) {
            found = parameter.find(segments, at + 1);
        }
        return found == null ? rest : found;
    }

    @Nullable
    Route route(String method) {
        return routes.get(method);
    }

    /** Any route of this place, for its group's way of rendering failures. */
    Route any() {
        return routes.values().iterator().next();
    }

    Collection<String> methods() {
        return routes.keySet();
    }

    private RouteNode child(String segment) {
        if (RoutePattern.isRest(segment)) {
            rest = rest == null ? new RouteNode() : rest;
            return rest;
        }
        if (RoutePattern.isParameter(segment)) {
            parameter = parameter == null ? new RouteNode() : parameter;
            return parameter;
        }
        return literals.computeIfAbsent(segment, name -> new RouteNode());
    }
}
