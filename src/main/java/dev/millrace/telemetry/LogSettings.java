package dev.millrace.telemetry;

/**
 * Settings of the log, section {@code log}.
 *
 * @param level the least important lines that are written
 * @param format how a line looks: JSON for machines, text for a person at a terminal
 */
public record LogSettings(Level level, Format format) {
    public static final LogSettings DEFAULTS = new LogSettings(Level.INFO, Format.JSON);

    /** How important a line is. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** How a line looks. */
    public enum Format {
        JSON,
        TEXT
    }
}
