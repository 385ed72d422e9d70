package dev.millrace.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Turns log events into bytes, in the form that the settings ask for. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NONE = {};

    private volatile LogSettings.Format format = LogSettings.DEFAULTS.format();

    void format(LogSettings.Format wanted) {
        format = wanted;
    }

    @Override
    public byte[] headerBytes() {
        return NONE;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String line = switch (format) {
            case JSON -> JsonLine.of(event);
            case TEXT -> TextLine.of(event);
        };
        return line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return NONE;
    }
}
