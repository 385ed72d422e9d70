package dev.millrace.console;

import dev.millrace.crypto.Digest;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scripts, styles and fonts, out of the program itself. Their path names their content, so that a browser asks for each once.
 * Read when the first page is asked for.
 */
final class StaticFiles {
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final int VERSION_LETTERS = 12;
    private static final String OWN = "/console/";
    private static final String HTMX = "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    private static final Map<String, File> FILES = Map.of(
            "console.css", new File(OWN + "console.css", "text/css; charset=utf-8"),
            "console.js", new File(OWN + "console.js", "text/javascript; charset=utf-8"),
            "htmx.js", new File(HTMX, "text/javascript; charset=utf-8"),
            "geist.woff2", new File(OWN + "geist.woff2", "font/woff2"),
            "geist-mono.woff2", new File(OWN + "geist-mono.woff2", "font/woff2"),
            "mark.svg", new File(OWN + "mark.svg", "image/svg+xml"));

    private record File(String resource, String contentType) {}

    /** Made by the first page. */
    private static final class Loaded {
        static final Map<String, byte[]> BYTES = read();
        static final String VERSION = version(BYTES);
    }

    private StaticFiles() {}

    /** The path that all of them are under. */
    static String path() {
        return "/console/static/" + Loaded.VERSION;
    }

    /** {@code GET /console/static/{version}/{file}}: an old version gets what there is now, without being kept for long. */
    static Response get(Request request) {
        return answer(request.pathParam("file"), request.pathParam("version").equals(Loaded.VERSION));
    }

    /** {@code GET /favicon.ico}: browsers ask for it under this name whatever a page says. */
    static Response icon(Request request) {
        return answer("mark.svg", false);
    }

    private static Response answer(String name, boolean current) {
        byte[] bytes = Loaded.BYTES.get(name);
        File file = FILES.get(name);
        if (bytes == null || file == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such file.");
        }
        return Response.bytes(200, file.contentType(), bytes)
                .header("Cache-Control", current ? FOREVER : "public, max-age=60")
                .header("X-Content-Type-Options", "nosniff");
    }

    private static Map<String, byte[]> read() {
        Map<String, byte[]> all = new TreeMap<>();
        FILES.forEach((name, file) -> all.put(name, read(file.resource())));
        return Map.copyOf(all);
    }

    private static byte[] read(String resource) {
        try (InputStream in = StaticFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("bug: the program lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(Map<String, byte[]> files) {
        MessageDigest digest = Digest.newSha256();
        new TreeMap<>(files).values().forEach(digest::update);
        return Digest.hex(digest.digest()).substring(0, VERSION_LETTERS);
    }
}
