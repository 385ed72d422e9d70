package dev.millrace.provider.sandbox;

import java.util.Optional;

/**
 * Fetches the picture that a request refers to. Given by {@code app}, because the sandbox itself reaches no network; where it
 * gives nothing, the sandbox paints a scene instead.
 */
@FunctionalInterface
public interface InputImages {
    /** What the address of a persona's sheet starts with; its id follows. */
    String PERSONA = "persona:";

    /** Knows no picture but those that a request carries in itself, as {@code data:} URLs. */
    InputImages NONE = url -> Optional.empty();

    /** The file behind a URL; empty when it can not be had. */
    Optional<byte[]> load(String url);
}
