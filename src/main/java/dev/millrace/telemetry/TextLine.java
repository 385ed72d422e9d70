package dev.millrace.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Collectors;

/** Writes one log event as a line for a person. */
final class TextLine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private TextLine() {}

    static String of(ILoggingEvent event) {
        String name = event.getLoggerName();
        String values = event.getKeyValuePairs() == null
                ? ""
                : event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining());
        String error = event.getThrowableProxy() == null
                ? ""
                : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).stripTrailing();
        String line = "%s %-5s %s: %s%s%s\n"
                .formatted(
                        TIME.format(Instant.ofEpochMilli(event.getTimeStamp())),
                        event.getLevel(),
                        name.substring(name.lastIndexOf('.') + 1),
                        event.getFormattedMessage(),
                        values,
                        error);
        return Redaction.of(line);
    }
}
