package dev.millrace.presets;

import dev.millrace.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** All lists of choices; immutable. */
public final class Presets {
    /** The looks of a Soul picture. */
    public static final String STYLES = "soul-styles";

    /** The moves of a camera. */
    public static final String MOTIONS = "motions";

    private static final List<String> FILES = List.of(STYLES, MOTIONS, "restyle", "marketing-studio", "ai-influencer");

    private final List<PresetList> lists;
    private final Map<String, Preset> byId = new HashMap<>();

    private Presets(List<PresetList> lists) {
        this.lists = lists;
        for (PresetList list : lists) {
            for (Preset preset : list.items()) {
                if (byId.put(preset.id(), preset) != null) {
                    throw new IllegalStateException("two presets have the id " + preset.id());
                }
            }
        }
    }

    /** The lists in the package. */
    public static Presets bundled() {
        return new Presets(FILES.stream().map(Presets::read).toList());
    }

    /** The list of this name; empty when there is none. */
    public Optional<PresetList> list(String name) {
        return lists.stream().filter(list -> list.name().equals(name)).findFirst();
    }

    /** The choices that a model has; none when it has none. */
    public List<Preset> ofModel(String model) {
        return lists.stream()
                .filter(list -> list.models().contains(model))
                .flatMap(list -> list.items().stream())
                .toList();
    }

    /** The choice of this id, in whichever list. */
    public Optional<Preset> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    private static PresetList read(String name) {
        try (InputStream in = Presets.class.getResourceAsStream("/presets/" + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("the presets " + name + " are not packaged");
            }
            JsonNode file = Json.readOwn(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new PresetList(
                    name,
                    file.path("models").valueStream().map(JsonNode::asString).toList(),
                    file.path("items").valueStream().map(Presets::preset).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Preset preset(JsonNode item) {
        JsonNode type = item.get("type");
        return new Preset(
                item.required("id").asString(),
                item.required("name").asString(),
                item.path("description").asString(""),
                type == null ? null : type.asString(),
                item.path("words").asString(""),
                item.path("start_end_frame").asBoolean(false));
    }
}
