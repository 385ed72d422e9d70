package dev.millrace.config;

import java.util.Objects;

/** A text setting that is never printed, such as an upstream's key. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The secret itself, for the one place that needs it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    /** Three stars, whatever the secret. */
    @Override
    public String toString() {
        return "***";
    }
}
