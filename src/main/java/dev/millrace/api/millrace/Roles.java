package dev.millrace.api.millrace;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What parameters mean that any model may be given, whatever it calls them itself: by the name of the role, and by the names that
 * clients of other systems are used to.
 */
final class Roles {
    private static final List<String> ROLES = List.of(
            "prompt",
            "negative_prompt",
            "image image_url",
            "images image_urls",
            "end_image end_image_url",
            "mask mask_url",
            "reference_images reference_image_urls",
            "video video_url",
            "audio audio_url",
            "lyrics",
            "style",
            "aspect_ratio",
            "size",
            "resolution",
            "width",
            "height",
            "duration seconds",
            "count n num_images",
            "seed",
            "quality",
            "format output_format",
            "audio_on generate_audio",
            "voice",
            "text",
            "language",
            "speed");

    private static final Map<String, String> BY_NAME = byName();

    private Roles() {}

    /** The role of a parameter that is called so; empty when the name has no meaning that all models share. */
    static Optional<String> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Map<String, String> byName() {
        Map<String, String> names = new HashMap<>();
        for (String line : ROLES) {
            String[] words = line.split(" ", -1);
            Arrays.stream(words).forEach(name -> names.put(name, words[0]));
        }
        return Map.copyOf(names);
    }
}
