package dev.millrace.server;

import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one multipart body. */
final class MultipartReader {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i);\\s*boundary=(?:\"([0-9a-z'()+_,\\-./:=? ]{0,69}[0-9a-z'()+_,\\-./:=?])\""
                    + "|([0-9a-z'+_\\-.]{1,70}))\\s*(?:;|$)");
    private static final int PIECE = 16 * 1024;
    private static final int EPILOGUE_MAX = 64 * 1024;

    private final BoundaryInput in;
    private final MultipartLimits limits;
    private final List<Part> parts = new ArrayList<>();
    private final byte[] piece = new byte[PIECE];
    private String name = "";

    MultipartReader(InputStream in, String boundary, MultipartLimits limits) {
        this.in = new BoundaryInput(in, boundary);
        this.limits = limits;
    }

    /** The boundary that a Content-Type states. */
    static String boundary(String contentType) {
        Matcher stated = BOUNDARY.matcher(contentType);
        if (!stated.find()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The Content-Type states no boundary, or one that RFC 2046 does not allow; let your HTTP client set it.");
        }
        return stated.group(1) == null ? stated.group(2) : stated.group(1);
    }

    Multipart read() {
        boolean whole = false;
        try {
            readAll();
            whole = true;
            return new Multipart(parts);
        } catch (MultipartException e) {
            throw refused(ProblemCode.INVALID_REQUEST, "format", e.clause());
        } catch (IOException e) {
            throw refused(ProblemCode.INVALID_REQUEST, "format", "ends before its stated length, or came too slowly");
        } finally {
            if (!whole) {
                Multipart.remove(parts);
            }
        }
    }

    private void readAll() throws IOException {
        preamble();
        while (!in.closing()) {
            name = "";
            if (parts.size() == limits.parts()) {
                throw refused(ProblemCode.PAYLOAD_TOO_LARGE, "maxItems", "has more than " + limits.parts() + " parts");
            }
            PartHead head = head();
            name = head.name();
            parts.add(head.fileName() == null ? value(head) : file(head));
        }
        name = "";
        if (!in.ends(EPILOGUE_MAX)) {
            throw new MultipartException("goes on behind its closing boundary");
        }
    }

    private void preamble() throws IOException {
        long passed = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            passed += n;
            if (passed > limits.headBytes()) {
                throw new MultipartException("does not begin with the boundary that its Content-Type states");
            }
        }
    }

    private PartHead head() throws IOException {
        List<String> lines = new ArrayList<>();
        int left = limits.headBytes();
        for (String line = in.line(left); !line.isEmpty(); line = in.line(left)) {
            left -= line.length() + 2;
            lines.add(line);
        }
        return PartHead.of(lines);
    }

    private Part value(PartHead head) throws IOException {
        var value = new ByteArrayOutputStream();
        copy(value, limits.fieldBytes());
        return Part.value(head, value.toByteArray());
    }

    private Part file(PartHead head) throws IOException {
        Path file = temporary();
        boolean whole = false;
        try (OutputStream out = new Disk(Files.newOutputStream(file))) {
            long bytes = copy(out, limits.partBytes());
            whole = true;
            return Part.file(head, bytes, file);
        } finally {
            if (!whole) {
                Multipart.remove(file);
            }
        }
    }

    private long copy(OutputStream out, long max) throws IOException {
        long bytes = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            bytes += n;
            if (bytes > max) {
                throw refused(ProblemCode.PAYLOAD_TOO_LARGE, "maxLength", "is larger than " + max + " bytes");
            }
            out.write(piece, 0, n);
        }
        return bytes;
    }

    private Path temporary() {
        Path folder = limits.folder();
        try {
            return folder == null
                    ? Files.createTempFile("millrace-", ".part")
                    : Files.createTempFile(folder, "millrace-", ".part");
        } catch (IOException e) {
            throw noRoom();
        }
    }

    /** Says which part it is about: the last that has begun, by its name, or by its number before that is known. */
    private ProblemException refused(ProblemCode code, String rule, String clause) {
        String what = name.isEmpty() ? "The multipart body" : "The part \"" + name + "\"";
        String where = name.isEmpty() && !parts.isEmpty() ? " (behind its part " + parts.size() + ")" : "";
        String message = what + " " + clause + where + ".";
        return new ProblemException(
                new Problem(code, message, List.of(FieldError.of(name, rule, message)), Map.of(), null));
    }

    private static ProblemException noRoom() {
        return new ProblemException(ProblemCode.UNAVAILABLE, "There is no room to take a file now; try again later.");
    }

    /** Tells a disk that fails from a sender that does. */
    private static final class Disk extends OutputStream {
        private final OutputStream to;

        private Disk(OutputStream to) {
            this.to = to;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            try {
                to.write(bytes, from, length);
            } catch (IOException e) {
                throw noRoom();
            }
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
