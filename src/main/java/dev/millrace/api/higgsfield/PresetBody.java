package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.presets.Preset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One choice in a list of them; what its list does not have is absent. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PresetBody(
        String id,
        String name,
        @Nullable String description,
        @Nullable String type,
        @Nullable String preview_url,
        @Nullable Boolean start_end_frame) {

    /** A whole list. */
    record ItemsBody(List<PresetBody> items) {}

    /** A part of a list; the cursor is null on the last one. */
    record PageBody(int total, @Nullable String cursor, List<PresetBody> items) {}

    static PresetBody of(Preset preset, String base) {
        return new PresetBody(
                preset.id(),
                preset.name(),
                preset.description().isEmpty() ? null : preset.description(),
                preset.type(),
                preset.words().isEmpty() ? null : base + "/previews/" + preset.id() + ".jpg",
                null);
    }

    /** A move of the camera: a still picture would show nothing of it. */
    static PresetBody motion(Preset preset) {
        return new PresetBody(preset.id(), preset.name(), preset.description(), null, null, preset.bothEnds());
    }
}
