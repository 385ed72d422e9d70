package dev.millrace.limits;

import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody may use in a minute and have at once, in all and by modality and by model.
 *
 * @param numbers what may be used, by its measure and scope
 * @param keyRequests how many requests each key of an organization may make; null for the installation's number
 */
public record LimitRules(Map<Rule, Long> numbers, @Nullable Long keyRequests) {
    /** No rules. */
    public static final LimitRules NONE = new LimitRules(Map.of(), null);

    private static final int SCOPES_MAX = 100;
    /** One in each nanosecond of a minute, which is as fast as anything is counted. */
    private static final long MOST = 60_000_000_000L;

    private static final String KEY_REQUESTS = "key_requests_per_minute";

    /** What is counted, and the field of a body that says how much of it there may be. */
    public enum Measure {
        /** Requests a minute. */
        REQUESTS("requests_per_minute"),
        /** Tokens a minute. */
        TOKENS("tokens_per_minute"),
        /** Live requests at once. */
        LIVE("live_requests"),
        /** Jobs that run or wait, at once; more are refused. */
        OPEN("open_jobs"),
        /** Jobs that run, at once; more wait. */
        RUNNING("running_jobs"),
        /** Jobs that wait because as many run as may; more are refused. */
        QUEUED("queued_jobs");

        private final String field;

        Measure(String field) {
            this.field = field;
        }

        /** The name of the field. */
        public String field() {
            return field;
        }

        /** Whether it fills up again in a minute; the others count what is there at once. */
        public boolean perMinute() {
            return this == REQUESTS || this == TOKENS;
        }

        /** The least that may be said of it: nobody waits where no job may. */
        private long least() {
            return this == QUEUED ? 0 : 1;
        }

        private static Set<String> fields() {
            return Arrays.stream(values()).map(Measure::field).collect(Collectors.toSet());
        }
    }

    /**
     * What a number counts.
     *
     * @param modality the one that it counts alone; empty for all
     * @param model the model that it counts alone, in which a star at the end stands for any letters; empty for all
     */
    public record Rule(Measure measure, String modality, String model) implements Comparable<Rule> {
        /** The rule that counts everything. */
        public static Rule all(Measure measure) {
            return new Rule(measure, "", "");
        }

        /** Whether it counts everything. */
        public boolean countsAll() {
            return modality.isEmpty() && model.isEmpty();
        }

        boolean counts(String modelId, Modality kind) {
            boolean fits = model.endsWith("*")
                    ? modelId.startsWith(model.substring(0, model.length() - 1))
                    : model.isEmpty() || model.equals(modelId);
            return fits && (modality.isEmpty() || modality.equals(kind.wire()));
        }

        /** As the end of a sentence: for what it counts. */
        String scope() {
            return countsAll() ? "" : " for " + (modality.isEmpty() ? model : modality);
        }

        @Override
        public int compareTo(Rule other) {
            return (measure + modality + ' ' + model).compareTo(other.measure + other.modality + ' ' + other.model);
        }
    }

    public LimitRules {
        numbers = Map.copyOf(numbers);
    }

    /** What counts everything of a measure; null where nothing is said. */
    public @Nullable Long all(Measure measure) {
        return numbers.get(Rule.all(measure));
    }

    /** Whether any of those measures is counted by modality or by model. */
    boolean scoped(Set<Measure> measures) {
        return numbers.keySet().stream().anyMatch(rule -> !rule.countsAll() && measures.contains(rule.measure()));
    }

    /** These rules, where the others say nothing of the same. */
    public LimitRules under(LimitRules others) {
        Map<Rule, Long> all = new TreeMap<>(numbers);
        all.putAll(others.numbers);
        return new LimitRules(all, others.keyRequests == null ? keyRequests : others.keyRequests);
    }

    /**
     * The rules in a body: the fields of {@link Measure} and {@code key_requests_per_minute}, and the former again by name within
     * {@code modalities} and {@code models}.
     *
     * @throws IllegalArgumentException with a sentence that names the field
     */
    public static LimitRules parse(ObjectNode body) {
        Map<Rule, Long> found = new TreeMap<>();
        Set<String> known = new HashSet<>(Measure.fields());
        known.addAll(Set.of(KEY_REQUESTS, "modalities", "models"));
        require(body, known, "");
        numbers(body, "", "", "", found);
        scoped(body, "modalities", (name, node) -> {
            if (Modality.parse(name).isEmpty()) {
                throw new IllegalArgumentException("modalities." + name + " is none of " + Modality.choices());
            }
            numbers(node, "modalities." + name + ".", name, "", found);
        });
        scoped(body, "models", (name, node) -> numbers(node, "models." + name + ".", "", name, found));
        return new LimitRules(found, number(body, "", KEY_REQUESTS, 1));
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
            require(inner, Measure.fields(), field + "." + member.getKey() + ".");
            scope.read(member.getKey(), inner);
        });
    }

    private static void numbers(ObjectNode node, String path, String modality, String model, Map<Rule, Long> into) {
        for (Measure measure : Measure.values()) {
            Long value = number(node, path, measure.field(), measure.least());
            if (value != null) {
                into.put(new Rule(measure, modality, model), value);
            }
        }
    }

    private static @Nullable Long number(ObjectNode node, String path, String name, long least) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > MOST) {
            throw new IllegalArgumentException(path + name + " must be a whole number from " + least + " to " + MOST);
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
        new TreeMap<>(numbers).forEach((rule, value) -> {
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
