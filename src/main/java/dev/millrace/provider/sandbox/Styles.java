package dev.millrace.provider.sandbox;

import dev.millrace.presets.Preset;
import dev.millrace.presets.Presets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The words of the presets that a call names by id: its style, its preset, its camera moves. */
final class Styles {
    private static final Presets PRESETS = Presets.bundled();

    private Styles() {}

    /** In the order of the parameters; empty when it names none that is known. */
    static String words(Fields fields) {
        List<String> ids = new ArrayList<>(List.of(fields.text("style_id"), fields.text("preset_id")));
        for (JsonNode motion : fields.first("motions")) {
            ids.add(motion.path("id").asString(""));
        }
        return ids.stream()
                .flatMap(id -> PRESETS.find(id).stream())
                .map(Preset::words)
                .collect(Collectors.joining(" "));
    }
}
