package dev.millrace.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes an event stream in chunks, one for each call, straight to the socket. */
final class EventWriter implements SseStream {
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private final DataWriter out;
    private final BooleanSupplier hungUp;
    private volatile boolean open = true;

    EventWriter(DataWriter out, BooleanSupplier hungUp) {
        this.out = out;
        this.hungUp = hungUp;
    }

    @Override
    public void event(@Nullable String name, @Nullable String id, String data) throws IOException {
        StringBuilder text = new StringBuilder(data.length() + 64);
        if (name != null) {
            line(text, "event: ", name);
        }
        if (id != null) {
            line(text, "id: ", id);
        }
        if (data.indexOf('\n') < 0 && data.indexOf('\r') < 0) {
            line(text, "data: ", data);
        } else {
            data.lines().forEach(line -> line(text, "data: ", line));
        }
        chunk(text.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void raw(byte[] events) throws IOException {
        if (events.length > 0) {
            chunk(events);
        }
    }

    @Override
    public void comment(String text) throws IOException {
        StringBuilder line = new StringBuilder(text.length() + 4);
        line(line, ": ", text);
        chunk(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean open() {
        return open && !hungUp.getAsBoolean();
    }

    /** From now on nothing is written: the client is gone, or wants the head alone. */
    void cut() {
        open = false;
    }

    void end() throws IOException {
        write(BufferData.create(LAST_CHUNK));
    }

    private static void line(StringBuilder text, String field, String value) {
        text.append(field);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            text.append(c == '\n' || c == '\r' ? ' ' : c);
        }
        text.append('\n');
    }

    private void chunk(byte[] bytes) throws IOException {
        byte[] size = Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII);
        BufferData chunk = BufferData.create(size.length + bytes.length + 4);
        chunk.write(size);
        chunk.write(LINE_END);
        chunk.write(bytes);
        chunk.write(LINE_END);
        write(chunk);
    }

    private void write(BufferData data) throws IOException {
        if (!open) {
            throw new IOException("the client has hung up");
        }
        try {
            out.write(data);
        } catch (RuntimeException e) {
            open = false;
            throw new IOException("the client has hung up", e);
        }
    }
}
