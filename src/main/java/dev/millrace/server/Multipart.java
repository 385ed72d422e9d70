package dev.millrace.server;

import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code multipart/form-data} body that was read whole: values in memory, files on the disk until it is closed. */
public final class Multipart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Multipart.class);

    private final List<Part> parts;

    Multipart(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Whether the request says that it has such a body. */
    public static boolean is(Request request) {
        return request.contentType().equals("multipart/form-data");
    }

    /**
     * Reads the body of a request, streamed: no file is in memory. To be closed, which removes the files.
     *
     * @throws ProblemException {@code UNSUPPORTED_MEDIA_TYPE} for another type of body, {@code INVALID_REQUEST} for one that is
     *     malformed or ends early, {@code PAYLOAD_TOO_LARGE} above a limit, {@code UNAVAILABLE} when the disk does not take a
     *     file; the part that is at fault is named, and no file is left
     */
    public static Multipart read(Request request, MultipartLimits limits) {
        if (!is(request)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as Content-Type: multipart/form-data.");
        }
        String boundary =
                MultipartReader.boundary(request.header("Content-Type").orElse(""));
        return new MultipartReader(request.stream(limits.totalBytes()), boundary, limits).read();
    }

    /** All parts, in their order. */
    public List<Part> parts() {
        return parts;
    }

    /** All parts of this name. */
    public List<Part> parts(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).toList();
    }

    /**
     * The one part of this name.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} when there are several
     */
    public Optional<Part> part(String name) {
        List<Part> found = parts(name);
        if (found.size() > 1) {
            throw Problem.field(
                            ProblemCode.INVALID_PARAMETER,
                            FieldError.of(name, "maxItems", "stands in the body more than once; send it once."))
                    .toException();
        }
        return found.stream().findFirst();
    }

    /** The text of the one part of this name; throws as {@link #part} and {@link Part#text}. */
    public Optional<String> text(String name) {
        return part(name).map(Part::text);
    }

    @Override
    public void close() {
        remove(parts);
    }

    static void remove(List<Part> parts) {
        parts.forEach(part -> part.path().ifPresent(Multipart::remove));
    }

    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn(
                    "a temporary file of an upload could not be removed: {}",
                    e.getClass().getSimpleName());
        }
    }
}
