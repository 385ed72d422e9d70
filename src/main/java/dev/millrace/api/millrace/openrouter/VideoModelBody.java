package dev.millrace.api.millrace.openrouter;

import dev.millrace.api.millrace.models.OpenRouterModelBody;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A video model with what it can be asked for; what its schema does not enumerate is null. */
record VideoModelBody(
        String id,
        String canonical_slug,
        String name,
        String description,
        long created,
        List<String> allowed_passthrough_parameters,
        @Nullable List<String> supported_aspect_ratios,
        @Nullable List<Long> supported_durations,
        @Nullable List<String> supported_frame_images,
        @Nullable List<String> supported_resolutions,
        @Nullable List<String> supported_sizes,
        @Nullable Boolean generate_audio,
        @Nullable Boolean seed,
        @Nullable List<Long> creativity,
        @Nullable Map<String, String> upscale_factor,
        @Nullable Map<String, String> pricing_skus) {
    static VideoModelBody of(Model model) {
        Map<String, String> roles = model.input().roles();
        List<String> frames = new ArrayList<>();
        if (roles.containsKey("image")) {
            frames.add("first_frame");
        }
        if (roles.containsKey("end_image")) {
            frames.add("last_frame");
        }
        OpenRouterModelBody shown = OpenRouterModelBody.of(model);
        return new VideoModelBody(
                model.id(),
                model.id(),
                model.title(),
                model.description(),
                shown.created(),
                model.input().names(),
                texts(values(model, "aspect_ratio")),
                numbers(values(model, "duration")),
                frames.isEmpty() ? null : frames,
                texts(values(model, "resolution")),
                texts(values(model, "size")),
                roles.containsKey("audio_on"),
                roles.containsKey("seed"),
                null,
                null,
                prices(model));
    }

    private static List<JsonNode> values(Model model, String role) {
        String name = model.input().roles().get(role);
        return name == null
                ? List.of()
                : model.inputSchema()
                        .path("properties")
                        .path(name)
                        .path("enum")
                        .valueStream()
                        .filter(value -> !value.isNull())
                        .toList();
    }

    private static @Nullable List<String> texts(List<JsonNode> values) {
        return values.isEmpty()
                ? null
                : values.stream().map(value -> value.asString("")).toList();
    }

    /** Seconds, which some models enumerate as texts. */
    private static @Nullable List<Long> numbers(List<JsonNode> values) {
        List<Long> numbers = values.stream()
                .map(value -> value.asString("").replaceAll("s$", ""))
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::valueOf)
                .toList();
        return numbers.isEmpty() ? null : numbers;
    }

    private static Map<String, String> prices(Model model) {
        Map<String, String> dearest = new TreeMap<>();
        for (Unit unit : Unit.values()) {
            model.prices().rules().stream()
                    .filter(rule -> rule.unit() == unit)
                    .map(rule -> rule.price())
                    .max(Money::compareTo)
                    .ifPresent(price -> dearest.put(unit.wire(), price.toUsd()));
        }
        return dearest;
    }
}
