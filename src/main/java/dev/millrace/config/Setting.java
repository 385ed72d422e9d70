package dev.millrace.config;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One setting as it is known by its names.
 *
 * @param section the group in the file, as {@code server}; dots nest groups
 * @param name the name within the group in snake_case, as {@code max_body_bytes}
 * @param type the Java type that a value is turned into
 * @param fallback what applies when nothing is set; null when the setting may be absent
 */
public record Setting(
        String section, String name, Type type, @Nullable Object fallback) {
    static final String ENVIRONMENT_PREFIX = "MILLRACE_";

    static Setting of(String section, RecordComponent component, @Nullable Object fallback) {
        return new Setting(section, snake(component.getName()), component.getGenericType(), fallback);
    }

    /** The full name in the file, as {@code server.max_body_bytes}. */
    public String key() {
        return section + "." + name;
    }

    /** The environment variable that sets it, as {@code MILLRACE_SERVER_MAX_BODY_BYTES}. */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + key().replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** Whether its value is hidden wherever it could be shown. */
    public boolean secret() {
        return type == Secret.class || name.endsWith("password") || name.endsWith("secret") || name.endsWith("api_key");
    }

    /** What it takes, for a person: {@code a whole number}, {@code a duration such as 30s} … */
    public String takes() {
        return Values.describe(this);
    }

    /** The value that applies when nothing is set, as it would be written; empty when there is none. */
    public String fallbackText() {
        if (fallback == null || secret()) {
            return "";
        }
        return countsBytes() && fallback instanceof Number bytes
                ? ByteSizeText.write(bytes.longValue())
                : Values.write(fallback);
    }

    /** Whether a number of it counts bytes, and may be written as {@code 16MB}. */
    boolean countsBytes() {
        return name.endsWith("bytes");
    }

    /** The one form in which names are compared: lower case, words joined by an underscore. */
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('-', '_').toLowerCase(Locale.ROOT);
    }
}
