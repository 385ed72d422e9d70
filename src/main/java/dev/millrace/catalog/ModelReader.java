package dev.millrace.catalog;

import dev.millrace.meter.Modality;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads one model of a catalogue file. */
final class ModelReader {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*");
    private static final int ID_LENGTH_MAX = 128;
    private static final String STANDARD = "standard";
    private static final Set<String> POLICIES = Set.of(STANDARD, "strict", "off");

    private ModelReader() {}

    /** @throws CatalogException about the first mistake in it */
    static Model read(Block block) {
        String id = id(block, "id", block.text("id"));
        List<String> aliases = block.texts("aliases");
        aliases.forEach(alias -> id(block, "aliases", alias));
        Modality modality = Modality.parse(block.text("modality"))
                .orElseThrow(() -> block.wrong("modality", "must be " + Modality.choices() + "."));
        Block input = block.block("input");
        JsonNode properties = input.node().path("properties");
        return new Model(
                id,
                aliases,
                block.text("title"),
                block.text("description"),
                block.text("owned_by"),
                block.text("family", block.text("owned_by")),
                modality,
                block.texts("operations"),
                status(block),
                new InputSchema(input.node()),
                units(block, modality, input),
                prices(block, modality, properties),
                deployments(block, id),
                block.duration("timeout"),
                block.has("typical") ? block.duration("typical") : typical(modality),
                block.duration("retention"),
                modality == Modality.LANGUAGE ? Optional.of(text(block, properties)) : Optional.empty(),
                block.texts("capabilities"),
                block.has("moderation") ? moderation(block.block("moderation")) : STANDARD,
                block.has("dialects") ? dialects(block.block("dialects"), block.text("title")) : Map.of());
    }

    private static Duration typical(Modality modality) {
        return switch (modality) {
            case LANGUAGE, SPEECH, TRANSCRIPTION -> Duration.ofSeconds(10);
            case IMAGE -> Duration.ofSeconds(20);
            case VIDEO -> Duration.ofMinutes(2);
            case MUSIC -> Duration.ofMinutes(1);
        };
    }

    private static String moderation(Block block) {
        String policy = block.text("policy", STANDARD);
        if (POLICIES.contains(policy)) {
            return policy;
        }
        throw block.wrong("policy", "must be standard, strict or off.");
    }

    private static Map<String, Map<String, String>> dialects(Block block, String title) {
        Map<String, Map<String, String>> dialects = new LinkedHashMap<>();
        for (String dialect : block.node().propertyNames()) {
            Block facts = block.block(dialect);
            Map<String, String> named = new LinkedHashMap<>();
            facts.node().propertyNames().forEach(fact -> named.put(fact, facts.text(fact)));
            named.putIfAbsent("label", title);
            dialects.put(dialect, Collections.unmodifiableMap(named));
        }
        return dialects;
    }

    private static String id(Block block, String field, String id) {
        if (ID.matcher(id).matches() && id.length() <= ID_LENGTH_MAX) {
            return id;
        }
        throw block.wrong(
                field,
                "\"" + id
                        + "\" must be lower-case letters, digits, dots, dashes and underscores, in parts between slashes.");
    }

    private static ModelStatus status(Block block) {
        String text = block.text("status", "enabled");
        return Stream.of(ModelStatus.values())
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> block.wrong("status", "must be enabled, blocked or disabled."));
    }

    private static UnitPlan units(Block block, Modality modality, Block input) {
        if (modality == Modality.LANGUAGE) {
            if (block.has("units")) {
                throw block.wrong("units", "a language model has none: its tokens are counted by the request.");
            }
            return UnitPlan.NONE;
        }
        return UnitReader.read(block.block("units"), input.node());
    }

    private static PriceList prices(Block block, Modality modality, JsonNode properties) {
        Block prices = block.block("prices");
        PriceList list = PriceReader.read(prices, properties);
        boolean tokens =
                list.rules().stream().anyMatch(rule -> rule.unit().wire().endsWith("token"));
        if (modality == Modality.LANGUAGE ? !tokens : tokens) {
            throw prices.wrong(
                    "rules", modality.wire() + " models are " + (tokens ? "not " : "") + "priced by the token.");
        }
        return list;
    }

    private static List<Deployment> deployments(Block block, String id) {
        if (!block.has("deployments")) {
            return List.of(new Deployment(Deployment.SANDBOX, id, 1, 1));
        }
        List<Deployment> deployments = block.blocks("deployments").stream()
                .map(one -> new Deployment(
                        one.text("provider"),
                        one.text("model", id),
                        one.number("priority", 1),
                        one.number("weight", 1)))
                .toList();
        if (deployments.isEmpty()) {
            throw block.wrong("deployments", "must name at least one; leave it out for the sandbox.");
        }
        return deployments;
    }

    private static TextLimits text(Block block, JsonNode properties) {
        JsonNode tokens = properties.path("max_tokens");
        JsonNode most = tokens.path("maximum");
        JsonNode standard = tokens.path("default");
        if (!most.canConvertToLong() || !standard.canConvertToLong() || standard.asLong() > most.asLong()) {
            throw block.wrong(
                    "input", "a language model needs a parameter max_tokens with a maximum and a default within it.");
        }
        Block limits = block.block("limits");
        int context = limits.number("context_tokens", 0);
        if (context <= most.asLong()) {
            throw limits.wrong("context_tokens", "must be above the maximum of max_tokens.");
        }
        return new TextLimits(context, most.asLong(), standard.asLong());
    }
}
