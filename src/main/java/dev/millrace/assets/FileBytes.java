package dev.millrace.assets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Numbers at places in a file. A place behind the end ends the reading with {@link EndException}. */
final class FileBytes implements AutoCloseable {
    private static final int PAGE = 8 * 1024;

    private final FileChannel file;
    private final long size;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE).limit(0);
    private long pageAt;

    FileBytes(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.size = file.size();
    }

    long size() {
        return size;
    }

    int u8(long at) throws IOException {
        if (at < 0 || at >= size) {
            throw new EndException();
        }
        if (at < pageAt || at >= pageAt + page.limit()) {
            page.clear();
            while (page.hasRemaining() && file.read(page, at + page.position()) > 0) {
                // A read may bring less than there is.
            }
            page.flip();
            pageAt = at;
            if (!page.hasRemaining()) {
                throw new EndException();
            }
        }
        return page.get((int) (at - pageAt)) & 0xFF;
    }

    /** A number of up to eight bytes, the highest first. */
    long big(long at, int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | u8(at + i);
        }
        return number;
    }

    /** A number of up to eight bytes, the lowest first. */
    long little(long at, int bytes) throws IOException {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | u8(at + i);
        }
        return number;
    }

    boolean has(long at, String mark) throws IOException {
        return at + mark.length() <= size && text(at, mark.length()).equals(mark);
    }

    String text(long at, int length) throws IOException {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) u8(at + i);
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The file ends before what its head promises. */
    static final class EndException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
