package dev.millrace.presets;

import java.util.List;

/**
 * A list of choices.
 *
 * @param name its name here, which is the name of its file
 * @param models the ids of the models that it belongs to
 */
public record PresetList(String name, List<String> models, List<Preset> items) {
    public PresetList {
        models = List.copyOf(models);
        items = List.copyOf(items);
    }
}
