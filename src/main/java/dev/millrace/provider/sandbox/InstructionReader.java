package dev.millrace.provider.sandbox;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.sandbox.Instructions.CallBack;
import dev.millrace.provider.sandbox.Instructions.FailAt;
import dev.millrace.provider.sandbox.Instructions.Moderation;
import dev.millrace.provider.sandbox.ToolOrders.ToolFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@code sandbox} object strictly: an instruction that is not understood must not pass for one that was obeyed. */
final class InstructionReader {
    static final List<String> KNOWN = List.of(
            "latency_ms",
            "fail",
            "fail_at",
            "fail_times",
            "nsfw",
            "never_finish",
            "finish_twice",
            "cut_stream_at",
            "usage",
            "noop",
            "outputs",
            "tokens",
            "refuse_cancel",
            "call",
            "arguments",
            "tool_fault",
            "draft",
            "callback");

    /** The failures that an upstream can have, by the name that a request gives. */
    static final Map<String, ProblemCode> FAILURES = new TreeMap<>(Map.of(
            "upstream_error", ProblemCode.UPSTREAM_ERROR,
            "timeout", ProblemCode.UPSTREAM_TIMEOUT,
            "upstream_timeout", ProblemCode.UPSTREAM_TIMEOUT,
            "upstream_unknown", ProblemCode.UPSTREAM_UNKNOWN,
            "no_capacity", ProblemCode.NO_CAPACITY,
            "rate_limited", ProblemCode.RATE_LIMITED,
            "unavailable", ProblemCode.UNAVAILABLE,
            "invalid_parameter", ProblemCode.INVALID_PARAMETER,
            "content_rejected", ProblemCode.CONTENT_REJECTED));

    private static final long LATENCY_MAX = 3_600_000;
    private static final long TOKENS_MAX = 200_000;
    private static final long OUTPUTS_MAX = 16;

    private final ObjectNode object;

    InstructionReader(@Nullable JsonNode node) {
        if (node != null && !node.isNull() && !(node instanceof ObjectNode)) {
            throw wrong("", "type", "must be an object of instructions, as {\"latency_ms\": 0}.");
        }
        this.object = node instanceof ObjectNode given ? given : dev.millrace.json.Json.object();
    }

    Instructions read() {
        for (String name : object.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw wrong(
                        name, "additionalProperties", "is no instruction; there are " + String.join(", ", KNOWN) + ".");
            }
        }
        OptionalLong latency = number("latency_ms", LATENCY_MAX);
        boolean silent = object.path("usage").isString();
        return new Instructions(
                latency.isPresent() ? Duration.ofMillis(latency.getAsLong()) : null,
                fail(),
                failAt(),
                number("fail_times", 1_000).orElse(Long.MAX_VALUE),
                moderation(),
                flag("never_finish"),
                flag("finish_twice"),
                number("cut_stream_at", Long.MAX_VALUE),
                silent ? null : usage(),
                silent && usageNone(),
                flag("noop"),
                number("outputs", OUTPUTS_MAX),
                number("tokens", TOKENS_MAX),
                flag("refuse_cancel"),
                new ToolOrders(call(), arguments(), toolFault()),
                flag("draft"),
                callback());
    }

    private @Nullable JsonNode given(String name) {
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    private boolean flag(String name) {
        JsonNode node = given(name);
        if (node != null && !node.isBoolean()) {
            throw wrong(name, "type", "must be true or false.");
        }
        return node != null && node.asBoolean();
    }

    private OptionalLong number(String name, long most) {
        JsonNode node = given(name);
        if (node == null) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0 || node.asLong() > most) {
            throw wrong(name, "type", "must be a whole number from 0 to " + most + ".");
        }
        return OptionalLong.of(node.asLong());
    }

    private @Nullable ProblemCode fail() {
        JsonNode node = given("fail");
        if (node == null) {
            return null;
        }
        ProblemCode code = node.isString() ? FAILURES.get(node.asString()) : null;
        if (code == null) {
            throw wrong("fail", "enum", "must be one of " + String.join(", ", FAILURES.keySet()) + ".");
        }
        return code;
    }

    private List<String> call() {
        JsonNode node = given("call");
        if (node == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name :
                node.isArray() ? node : JsonNodeFactory.instance.arrayNode().add(node)) {
            if (!name.isString() || name.asString().isBlank()) {
                throw wrong("call", "type", "must be the name of a tool, or a list of names.");
            }
            names.add(name.asString());
        }
        return names;
    }

    private @Nullable ObjectNode arguments() {
        JsonNode node = given("arguments");
        if (node != null && !(node instanceof ObjectNode)) {
            throw wrong("arguments", "type", "must be an object.");
        }
        return (ObjectNode) node;
    }

    private @Nullable ToolFault toolFault() {
        JsonNode node = given("tool_fault");
        if (node == null) {
            return null;
        }
        for (ToolFault fault : ToolFault.values()) {
            if (node.isString() && fault.name().toLowerCase(Locale.ROOT).equals(node.asString())) {
                return fault;
            }
        }
        throw wrong("tool_fault", "enum", "must be malformed, mismatch or unknown_tool.");
    }

    private FailAt failAt() {
        JsonNode node = given("fail_at");
        if (node == null) {
            return FailAt.POLL;
        }
        for (FailAt at : FailAt.values()) {
            if (node.isString() && at.name().toLowerCase(Locale.ROOT).equals(node.asString())) {
                return at;
            }
        }
        throw wrong("fail_at", "enum", "must be submit, poll or open.");
    }

    private @Nullable CallBack callback() {
        JsonNode node = given("callback");
        if (node == null) {
            return null;
        }
        for (CallBack one : CallBack.values()) {
            if (node.isString() && one.name().toLowerCase(Locale.ROOT).equals(node.asString())) {
                return one;
            }
        }
        throw wrong("callback", "enum", "must be once, twice, early, late or never.");
    }

    private Moderation moderation() {
        JsonNode node = given("nsfw");
        if (node == null) {
            return Moderation.PASS;
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? Moderation.OUTPUT : Moderation.PASS;
        }
        return switch (node.isString() ? node.asString() : "") {
            case "input" -> Moderation.INPUT;
            case "output" -> Moderation.OUTPUT;
            default -> throw wrong("nsfw", "enum", "must be true, false, \"input\" or \"output\".");
        };
    }

    private boolean usageNone() {
        if (!object.path("usage").asString().equals("none")) {
            throw wrong("usage", "enum", "must be an object of quantities, or \"none\".");
        }
        return true;
    }

    private @Nullable Units usage() {
        JsonNode node = given("usage");
        if (node == null) {
            return null;
        }
        if (!(node instanceof ObjectNode quantities)) {
            throw wrong("usage", "type", "must be an object of quantities, as {\"output_token\": 7}, or \"none\".");
        }
        Units units = Units.NONE;
        for (Map.Entry<String, JsonNode> entry : quantities.properties()) {
            String path = "usage." + entry.getKey();
            Unit unit =
                    Unit.parse(entry.getKey()).orElseThrow(() -> wrong(path, "enum", "is no unit that is counted."));
            JsonNode quantity = entry.getValue();
            if (!quantity.isIntegralNumber() || !quantity.canConvertToLong() || quantity.asLong() < 0) {
                throw wrong(path, "type", "must be a whole number from 0.");
            }
            units = units.with(unit, quantity.asLong());
        }
        return units;
    }

    private static ProblemException wrong(String name, String rule, String message) {
        String path = name.isEmpty() ? Instructions.PARAMETER : Instructions.PARAMETER + "." + name;
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, rule, message))
                .toException();
    }
}
