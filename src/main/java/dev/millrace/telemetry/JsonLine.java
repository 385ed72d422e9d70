package dev.millrace.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.time.Instant;
import org.slf4j.event.KeyValuePair;

/** Writes one log event as one JSON object: time, level, logger, request, message, named values, error. */
final class JsonLine {
    private static final int FRAMES_MAX = 40;
    private static final int CAUSES_MAX = 8;
    private static final int MESSAGE_MAX = 8_000;

    private final StringBuilder line = new StringBuilder(256);

    static String of(ILoggingEvent event) {
        return new JsonLine().write(event);
    }

    private String write(ILoggingEvent event) {
        line.append("{\"at\":\"")
                .append(Instant.ofEpochMilli(event.getTimeStamp()))
                .append('"');
        text("level", event.getLevel().toString());
        text("logger", event.getLoggerName());
        CurrentRequest.id().ifPresent(id -> text("request_id", id));
        text("message", event.getFormattedMessage());
        if (event.getKeyValuePairs() != null) {
            for (KeyValuePair pair : event.getKeyValuePairs()) {
                value(pair);
            }
        }
        if (event.getThrowableProxy() != null) {
            error(event.getThrowableProxy());
        }
        return line.append("}\n").toString();
    }

    private void value(KeyValuePair pair) {
        if (pair.value instanceof Long || pair.value instanceof Integer || pair.value instanceof Boolean) {
            name(pair.key);
            line.append(pair.value);
        } else {
            text(pair.key, pair.key + "=" + pair.value, pair.key.length() + 1);
        }
    }

    private void error(IThrowableProxy thrown) {
        StringBuilder stack = new StringBuilder();
        IThrowableProxy at = thrown;
        for (int depth = 0; at != null && depth < CAUSES_MAX; depth++, at = at.getCause()) {
            stack.append(depth == 0 ? "" : "caused by ").append(at.getClassName());
            stack.append(at.getMessage() == null ? "" : ": " + at.getMessage()).append('\n');
            StackTraceElementProxy[] frames = at.getStackTraceElementProxyArray();
            for (int i = 0; frames != null && i < Math.min(FRAMES_MAX, frames.length - at.getCommonFrames()); i++) {
                stack.append("  ").append(frames[i].getSTEAsString()).append('\n');
            }
        }
        text("error", stack.toString());
    }

    private void text(String name, String value) {
        text(name, value, 0);
    }

    /** Redacts with the name in sight, as {@code token=…} tells more than the value alone, then drops the name. */
    private void text(String name, String value, int skip) {
        name(name);
        String cut = value.length() > MESSAGE_MAX ? value.substring(0, MESSAGE_MAX) + "…" : value;
        line.append('"');
        escape(Redaction.of(cut).substring(skip));
        line.append('"');
    }

    private void name(String name) {
        line.append(",\"");
        escape(name);
        line.append("\":");
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (letter < ' ' || Character.isSurrogate(letter) || letter == '\u2028' || letter == '\u2029') {
                        line.append(String.format("\\u%04x", (int) letter));
                    } else {
                        line.append(letter);
                    }
                }
            }
        }
    }
}
