package dev.millrace.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** The log of this process, as the settings want it. */
public final class Logs {
    private Logs() {}

    /** Applies the settings; libraries stay at WARN unless the level is DEBUG, when they speak at INFO. */
    public static void apply(LogSettings settings) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Level level = Level.valueOf(settings.level().name());
        context.getLogger("dev.millrace").setLevel(level);
        root.setLevel(level == Level.DEBUG ? Level.INFO : level == Level.ERROR ? Level.ERROR : Level.WARN);
        if (root.getAppender("stderr") instanceof ConsoleAppender<?> appender
                && appender.getEncoder() instanceof LineEncoder encoder) {
            encoder.format(settings.format());
        }
    }

    /** Silences everything below an error: for commands whose output is for a person. */
    public static void quiet() {
        apply(new LogSettings(LogSettings.Level.ERROR, LogSettings.Format.TEXT));
    }
}
