package dev.millrace.limits;

import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody may use in a minute, in all and by modality and by model.
 *
 * @param perMinute what may be used, by its measure and scope
 * @param keyRequests how many requests each key of an organization may make; null for the installation's number
 */
public record LimitRules(
        Map<Rule, Long> perMinute, @Nullable Long keyRequests) {
    /** No rules. */
    public static final LimitRules NONE = new LimitRules(Map.of(), null);

    private static final int SCOPES_MAX = 100;
    private static final long MOST = 1_000_000_000_000L;
    private static final String KEY_REQUESTS = "key_requests_per_minute";

    /** What is counted. */
    public enum Measure {
        REQUESTS,
        TOKENS;

        String field() {
            return name().toLowerCase(java.util.Locale.ROOT) + "_per_minute";
        }
    }

    /**
     * What a number counts.
     *
     * @param modality the one that it counts alone; empty for all
     * @param model the model that it counts alone, in which a star at the end stands for any letters; empty for all
     */
    public record Rule(Measure measure, String modality, String model) implements Comparable<Rule> {
        boolean counts(String modelId, Modality kind) {
            boolean fits = model.endsWith("*")
                    ? modelId.startsWith(model.substring(0, model.length() - 1))
                    : model.isEmpty() || model.equals(modelId);
            return fits && (modality.isEmpty() || modality.equals(kind.wire()));
        }

        @Override
        public int compareTo(Rule other) {
            return (measure + modality + ' ' + model).compareTo(other.measure + other.modality + ' ' + other.model);
        }
    }

    public LimitRules {
        perMinute = Map.copyOf(perMinute);
    }

    /** These rules, where the others say nothing of the same. */
    public LimitRules under(LimitRules others) {
        Map<Rule, Long> all = new TreeMap<>(perMinute);
        all.putAll(others.perMinute);
        return new LimitRules(all, others.keyRequests == null ? keyRequests : others.keyRequests);
    }

    /**
     * The rules in a body: {@code requests_per_minute}, {@code tokens_per_minute} and {@code key_requests_per_minute}, and the first two
     * again by name within {@code modalities} and {@code models}.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static LimitRules parse(ObjectNode body) {
        Map<Rule, Long> found = new TreeMap<>();
        Set<String> known =
                Set.of(Measure.REQUESTS.field(), Measure.TOKENS.field(), KEY_REQUESTS, "modalities", "models");
        require(body, known, "");
        numbers(body, "", "", "", found);
        scoped(body, "modalities", (name, node) -> {
            if (Modality.parse(name).isEmpty()) {
                throw new IllegalArgumentException("modalities." + name + " is none of " + Modality.choices());
            }
            numbers(node, "modalities." + name + ".", name, "", found);
        });
        scoped(body, "models", (name, node) -> numbers(node, "models." + name + ".", "", name, found));
        return new LimitRules(found, number(body, "", KEY_REQUESTS));
    }

    private interface Scope {
        void read(String name, ObjectNode node);
    }

    private static void scoped(ObjectNode body, String field, Scope scope) {
        JsonNode given = body.get(field);
        if (given == null || given.isNull()) {
            return;
        }
        if (!(given instanceof ObjectNode object) || object.size() > SCOPES_MAX) {
            throw new IllegalArgumentException(field + " must be an object of at most " + SCOPES_MAX + " members");
        }
        object.properties().forEach(member -> {
            if (!(member.getValue() instanceof ObjectNode inner)) {
                throw new IllegalArgumentException(field + "." + member.getKey() + " must be an object");
            }
            require(
                    inner,
                    Set.of(Measure.REQUESTS.field(), Measure.TOKENS.field()),
                    field + "." + member.getKey() + ".");
            scope.read(member.getKey(), inner);
        });
    }

    private static void numbers(ObjectNode node, String path, String modality, String model, Map<Rule, Long> into) {
        for (Measure measure : Measure.values()) {
            Long value = number(node, path, measure.field());
            if (value != null) {
                into.put(new Rule(measure, modality, model), value);
            }
        }
    }

    private static @Nullable Long number(ObjectNode node, String path, String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < 1
                || value.longValue() > MOST) {
            throw new IllegalArgumentException(path + name + " must be a whole number from 1 to " + MOST);
        }
        return value.longValue();
    }

    private static void require(ObjectNode node, Set<String> known, String path) {
        for (String name : node.propertyNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(path + name + " is not known here");
            }
        }
    }

    /** The body that says these rules. */
    public ObjectNode body() {
        ObjectNode body = Json.object();
        new TreeMap<>(perMinute).forEach((rule, value) -> {
            Consumer<ObjectNode> put = node -> node.put(rule.measure().field(), value.longValue());
            if (!rule.modality().isEmpty()) {
                put.accept(member(body, "modalities", rule.modality()));
            } else if (!rule.model().isEmpty()) {
                put.accept(member(body, "models", rule.model()));
            } else {
                put.accept(body);
            }
        });
        if (keyRequests != null) {
            body.put(KEY_REQUESTS, keyRequests.longValue());
        }
        return body;
    }

    private static ObjectNode member(ObjectNode body, String group, String name) {
        ObjectNode outer = body.get(group) instanceof ObjectNode there ? there : body.putObject(group);
        return outer.get(name) instanceof ObjectNode there ? there : outer.putObject(name);
    }
}
