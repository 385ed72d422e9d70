package dev.millrace.provider.sandbox;

import java.util.Optional;

/**
 * Gets at pictures that belong to what a request names, and that no file was handed in for. Given by {@code app}; where it gives
 * nothing, the sandbox paints a scene instead.
 */
@FunctionalInterface
public interface InputImages {
    /** What the address of a persona's sheet starts with; its id follows. */
    String PERSONA = "persona:";

    /** Knows no picture. */
    InputImages NONE = url -> Optional.empty();

    /** The file behind an address; empty when it can not be had. */
    Optional<byte[]> load(String url);
}
