package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the {@code units} block of a model. */
final class UnitReader {
    private static final String OUTPUTS = "outputs";

    private UnitReader() {}

    /** @param input the schema of the model's parameters, which sources may name */
    static UnitPlan read(Block units, JsonNode input) {
        List<UnitSource> sources = new ArrayList<>();
        List<UnitSource> outputs = List.of();
        for (String name : units.node().propertyNames()) {
            if (name.equals(OUTPUTS)) {
                outputs = List.of(source(units.block(name), Unit.REQUEST, input));
                continue;
            }
            Unit unit = Unit.parse(name).orElseThrow(() -> units.wrong(name, "is no unit that is counted."));
            sources.add(source(units.block(name), unit, input));
        }
        return new UnitPlan(sources, outputs);
    }

    private static UnitSource source(Block block, Unit unit, JsonNode input) {
        if (Stream.of("parameter", "constant", "length").filter(block::has).count() != 1) {
            throw block.wrong(null, "must have one of \"parameter\", \"constant\" and \"length\".");
        }
        if (block.has("length")) {
            return length(block, unit, input);
        }
        long parts = parts(block, unit);
        boolean upperBound = block.flag("upper_bound");
        if (block.has("constant")) {
            BigDecimal constant = number(block, "constant", block.required("constant"));
            return new UnitSource(unit, null, false, constant, parts, Map.of(), upperBound);
        }
        String parameter = block.text("parameter");
        JsonNode schema = input.path("properties").path(parameter);
        if (schema.isMissingNode()) {
            throw block.wrong("parameter", "\"" + parameter + "\" is no parameter of this model.");
        }
        Map<String, BigDecimal> named = block.has("as") ? named(block.block("as"), schema) : Map.of();
        if (named.isEmpty()) {
            requireBounds(block, parameter, schema);
        }
        return new UnitSource(
                unit, parameter, false, fallback(block, parameter, schema, input, named), parts, named, upperBound);
    }

    /** Texts are counted by their characters; a text that may be of any length has no most that it can cost. */
    private static UnitSource length(Block block, Unit unit, JsonNode input) {
        String parameter = block.text("length");
        JsonNode schema = input.path("properties").path(parameter);
        if (!schema.path("type").asString("").equals("string") || !schema.has("maxLength")) {
            throw block.wrong(
                    "length",
                    "\"" + parameter + "\" is counted, so it must be a parameter of type string with a maxLength.");
        }
        return new UnitSource(unit, parameter, true, BigDecimal.ZERO, unit.countedPerPriced(), Map.of(), false);
    }

    /** What each value of the parameter means; none may be left out. */
    private static Map<String, BigDecimal> named(Block as, JsonNode schema) {
        Map<String, BigDecimal> named = new HashMap<>();
        as.node().propertyNames().forEach(name -> named.put(name, number(as, name, as.required(name))));
        for (JsonNode value : values(schema)) {
            if (!named.containsKey(value.asString(""))) {
                throw as.wrong(value.asString(""), "is missing: every value of the parameter needs its number.");
            }
        }
        if (values(schema).isEmpty()) {
            throw as.wrong(null, "only a parameter with an enum states its quantity by name.");
        }
        return named;
    }

    private static long parts(Block block, Unit unit) {
        return switch (block.text("in", "units")) {
            case "units" -> unit.countedPerPriced();
            case "milliseconds" -> 1;
            default -> throw block.wrong("in", "must be \"milliseconds\", or be left out.");
        };
    }

    /** Without bounds on what is counted there is no most that a request can cost. */
    private static void requireBounds(Block block, String parameter, JsonNode schema) {
        boolean numbers = values(schema).stream().allMatch(value -> decimal(value) != null);
        boolean bounded = schema.path("maximum").isNumber()
                && schema.path("minimum").isNumber()
                && schema.path("minimum").decimalValue().signum() >= 0;
        if (!bounded && (values(schema).isEmpty() || !numbers)) {
            throw block.wrong(
                    "parameter",
                    "\"" + parameter
                            + "\" is counted, so its schema needs a minimum from 0 and a maximum, or a list of numbers.");
        }
    }

    private static BigDecimal fallback(
            Block block, String parameter, JsonNode schema, JsonNode input, Map<String, BigDecimal> named) {
        if (block.has("absent")) {
            return number(block, "absent", block.required("absent"));
        }
        JsonNode stated = schema.path("default");
        BigDecimal standard = named.isEmpty() ? decimal(stated) : named.get(stated.asString(""));
        if (standard != null) {
            return standard;
        }
        boolean required = StreamSupport.stream(input.path("required").spliterator(), false)
                .anyMatch(name -> name.asString().equals(parameter));
        if (required) {
            return BigDecimal.ZERO;
        }
        throw block.wrong(
                null,
                "say with \"absent\" what counts when a request leaves \"" + parameter
                        + "\" out, or give it a default.");
    }

    private static List<JsonNode> values(JsonNode schema) {
        return StreamSupport.stream(schema.path("enum").spliterator(), false).toList();
    }

    private static BigDecimal number(Block block, String name, JsonNode value) {
        BigDecimal number = decimal(value);
        if (number == null || number.signum() < 0) {
            throw block.wrong(name, "must be a number from 0.");
        }
        return number;
    }

    private static @Nullable BigDecimal decimal(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        try {
            return value.isString() ? new BigDecimal(value.asString()) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
