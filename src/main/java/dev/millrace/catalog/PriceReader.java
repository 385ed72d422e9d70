package dev.millrace.catalog;

import dev.millrace.crypto.Digest;
import dev.millrace.json.CanonicalJson;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@code prices} block of a model. */
final class PriceReader {
    private static final Pattern DOLLARS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,9})?");
    private static final long MILLION = 1_000_000;
    private static final int VERSION_LENGTH = 16;

    private PriceReader() {}

    /** @param properties the schemas of the model's parameters, which conditions may name */
    static PriceList read(Block prices, JsonNode properties) {
        List<PriceRule> rules = new ArrayList<>();
        Map<Unit, PriceRule> last = new HashMap<>();
        List<Block> blocks = prices.blocks("rules");
        for (Block block : blocks) {
            PriceRule rule = rule(block, properties);
            PriceRule before = last.put(rule.unit(), rule);
            if (before != null && before.when().isEmpty()) {
                throw block.wrong("unit", "the rule before, without \"when\", takes every case; put it last.");
            }
            rules.add(rule);
        }
        if (rules.isEmpty()) {
            throw prices.wrong("rules", "must hold at least one rule; a free model costs \"0\".");
        }
        last.forEach((unit, rule) -> {
            if (!rule.when().isEmpty()) {
                throw prices.wrong(
                        "rules",
                        "the last rule of " + unit.wire()
                                + " must have no \"when\", so that no request is free by mistake.");
            }
        });
        return new PriceList(version(prices.node()), prices.node(), rules);
    }

    private static String version(ObjectNode body) {
        return Digest.hex(Digest.sha256(CanonicalJson.bytes(body))).substring(0, VERSION_LENGTH);
    }

    private static PriceRule rule(Block block, JsonNode properties) {
        Unit unit =
                Unit.parse(block.text("unit")).orElseThrow(() -> block.wrong("unit", "is no unit that is counted."));
        boolean million = block.has("usd_per_million");
        if (million == block.has("usd")) {
            throw block.wrong(null, "must have one of \"usd\" and \"usd_per_million\".");
        }
        String field = million ? "usd_per_million" : "usd";
        String dollars = block.text(field);
        if (!DOLLARS.matcher(dollars).matches()) {
            throw block.wrong(field, "must be a decimal number in quotes with up to nine decimals, as \"0.094\".");
        }
        long per = unit.countedPerPriced() * (million ? MILLION : 1);
        return new PriceRule(unit, Money.usd(dollars), per, conditions(block, properties));
    }

    private static List<PriceCondition> conditions(Block rule, JsonNode properties) {
        if (!rule.has("when")) {
            return List.of();
        }
        Block when = rule.block("when");
        List<PriceCondition> conditions = new ArrayList<>();
        when.node().properties().forEach(entry -> {
            String name = entry.getKey();
            if (!properties.has(name)) {
                throw when.wrong(name, "is no parameter of this model.");
            }
            conditions.add(condition(when, name, entry.getValue()));
        });
        return conditions;
    }

    private static PriceCondition condition(Block when, String name, JsonNode wanted) {
        if (wanted instanceof ArrayNode values && !values.isEmpty()) {
            return new PriceCondition.OneOf(
                    name, StreamSupport.stream(values.spliterator(), false).toList());
        }
        if (wanted.isValueNode() && !wanted.isNull()) {
            return new PriceCondition.OneOf(name, List.of(wanted));
        }
        if (wanted.path("given").isBoolean()) {
            return new PriceCondition.Given(name, wanted.path("given").asBoolean());
        }
        JsonNode min = number(wanted.get("min"));
        JsonNode max = number(wanted.get("max"));
        if (min == null && max == null) {
            throw when.wrong(name, "must be a value, a list of values, {min: …, max: …}, or {given: true}.");
        }
        return new PriceCondition.Between(
                name, min == null ? null : min.decimalValue(), max == null ? null : max.decimalValue());
    }

    private static @Nullable JsonNode number(@Nullable JsonNode value) {
        return value != null && value.isNumber() ? value : null;
    }

    /** The prices of a stored body, to explain an old charge. */
    static PriceList stored(String version, String body) {
        ObjectNode node = Json.readOwnObject(body);
        YamlTree tree = new YamlTree("price version " + version, node, Map.of());
        List<PriceRule> rules = new Block(tree, "", version, "", node)
                .blocks("rules").stream()
                        .map(block -> rule(block, anything(block)))
                        .toList();
        return new PriceList(version, node, rules);
    }

    private static JsonNode anything(Block rule) {
        return rule.node().path("when");
    }
}
