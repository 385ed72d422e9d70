package dev.millrace.server;

import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One part of a multipart body: a file when it has a file name, else a value. Everything in it is the sender's word. */
public final class Part {
    private static final byte[] NOTHING = new byte[0];

    private final PartHead head;
    private final long bytes;
    private final byte[] value;
    private final @Nullable Path file;

    private Part(PartHead head, long bytes, byte[] value, @Nullable Path file) {
        this.head = head;
        this.bytes = bytes;
        this.value = value;
        this.file = file;
    }

    static Part value(PartHead head, byte[] value) {
        return new Part(head, value.length, value, null);
    }

    static Part file(PartHead head, long bytes, Path file) {
        return new Part(head, bytes, NOTHING, file);
    }

    /** The field's name, as sent; {@code image[]} keeps its brackets. */
    public String name() {
        return head.name();
    }

    /** The name that the sender's file has; to show, never to use as a path. Empty for a part that is no file. */
    public Optional<String> fileName() {
        return Optional.ofNullable(head.fileName());
    }

    /** The type that the sender states, in lower case without parameters; an empty text when it states none. */
    public String contentType() {
        return head.contentType();
    }

    public boolean isFile() {
        return head.fileName() != null;
    }

    /** The length of the content. */
    public long bytes() {
        return bytes;
    }

    /** The content; to be closed, before the body is. */
    public InputStream open() throws IOException {
        return file == null ? new ByteArrayInputStream(value) : Files.newInputStream(file);
    }

    /** Where the content of a file lies until the body is closed; empty for a part that is no file. */
    public Optional<Path> path() {
        return Optional.ofNullable(file);
    }

    /**
     * The content of a part that is no file, as text.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when it is a file, or is not UTF-8
     */
    public String text() {
        if (file != null) {
            throw wrong("type", "must be a value, not a file; send it without a file name.");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw wrong("encoding", "must be UTF-8.");
        }
    }

    private RuntimeException wrong(String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(name(), rule, message))
                .toException();
    }
}
