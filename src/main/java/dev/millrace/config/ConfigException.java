package dev.millrace.config;

/** Something in the configuration is wrong: one line that names the setting, what is wrong and what it takes. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message, null, false, false);
    }
}
