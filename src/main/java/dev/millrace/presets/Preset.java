package dev.millrace.presets;

import org.jspecify.annotations.Nullable;

/**
 * One named choice.
 *
 * @param id a UUID, the same in every installation
 * @param description a sentence for people; empty where the name says it all
 * @param type groups the entries of one list; null where there are no groups
 * @param words what to draw for it, in words that the sandbox's painter knows; empty where there is nothing to see
 * @param bothEnds whether it needs a first and a last picture
 */
public record Preset(
        String id,
        String name,
        String description,
        @Nullable String type,
        String words,
        boolean bothEnds) {}
