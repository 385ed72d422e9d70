package dev.millrace.api.millrace.openapi;

import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one route takes and answers.
 *
 * @param pattern as it is registered
 * @param id names it for generated clients
 * @param summary one sentence
 * @param needs what whoever asks must be allowed: the wire name of a permission, or a word of {@link Needs}; empty when not said
 * @param parameters of the query and of the headers
 * @param form the body; null when it takes none
 * @param answers by status
 * @param failures the statuses that it fails with, beside those that every route may
 */
public record Operation(
        String method,
        String pattern,
        String id,
        String summary,
        String needs,
        List<Parameter> parameters,
        @Nullable Form form,
        Map<Integer, List<Shape>> answers,
        List<Integer> failures) {
    /**
     * A parameter.
     *
     * @param in {@code query} or {@code header}
     */
    public record Parameter(String in, String name, ObjectNode schema) {}

    public static Operation get(String pattern, String id, String summary) {
        return of("GET", pattern, id, summary);
    }

    public static Operation post(String pattern, String id, String summary) {
        return of("POST", pattern, id, summary);
    }

    public static Operation delete(String pattern, String id, String summary) {
        return of("DELETE", pattern, id, summary);
    }

    private static Operation of(String method, String pattern, String id, String summary) {
        return new Operation(method, pattern, id, summary, "", List.of(), null, Map.of(), List.of());
    }

    public static Operation put(String pattern, String id, String summary) {
        return of("PUT", pattern, id, summary);
    }

    public static Operation patch(String pattern, String id, String summary) {
        return of("PATCH", pattern, id, summary);
    }

    /** This operation, for whoever is allowed that. */
    public Operation needs(Permission permission) {
        return needing(permission.wire());
    }

    /** This operation, for every key and every person who is signed in, whatever their role. */
    public Operation toAnyCaller() {
        return needing(Needs.CALLER);
    }

    /** This operation, for a person who is signed in, about himself. */
    public Operation toPersons() {
        return needing(Needs.PERSON);
    }

    private Operation needing(String what) {
        return new Operation(method, pattern, id, summary, what, parameters, form, answers, failures);
    }

    /** Whether it needs no credentials. */
    public boolean open() {
        return needs.equals(Needs.ANYONE);
    }

    /** This operation, for anybody. */
    public Operation toAnyone() {
        return needing(Needs.ANYONE);
    }

    /** This operation with a parameter of the query. */
    public Operation query(String name, String type, String description) {
        return with(new Parameter("query", name, Form.schema(type, description)));
    }

    /** This operation with a header. */
    public Operation header(String name, String description) {
        return with(new Parameter("header", name, Form.schema("string", description)));
    }

    /** This operation, paged by a cursor. */
    public Operation paged() {
        return query("limit", "integer", "How many entries: 1 to 200.")
                .query("cursor", "string", "The next_cursor of the page before.");
    }

    /** This operation, safe to repeat under one key. */
    public Operation repeatable() {
        return header("Idempotency-Key", "1 to 255 printable characters: a repeat creates nothing.")
                .fails(422);
    }

    /** This operation, which is counted against the requests per minute of its key. */
    public Operation counted() {
        return fails(429);
    }

    public Operation body(Form body) {
        return new Operation(method, pattern, id, summary, needs, parameters, body, answers, failures);
    }

    public Operation answers(int status, Shape shape) {
        Map<Integer, List<Shape>> more = new TreeMap<>(answers);
        List<Shape> shapes = new ArrayList<>(more.getOrDefault(status, List.of()));
        shapes.add(shape);
        more.put(status, List.copyOf(shapes));
        return new Operation(method, pattern, id, summary, needs, parameters, form, more, failures);
    }

    public Operation fails(Integer... statuses) {
        TreeSet<Integer> more = new TreeSet<>(failures);
        more.addAll(Arrays.asList(statuses));
        return new Operation(method, pattern, id, summary, needs, parameters, form, answers, List.copyOf(more));
    }

    /** The path as OpenAPI writes it. */
    String path() {
        return pattern.replace("{+", "{");
    }

    private Operation with(Parameter parameter) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(parameter);
        return new Operation(method, pattern, id, summary, needs, List.copyOf(more), form, answers, failures);
    }
}
