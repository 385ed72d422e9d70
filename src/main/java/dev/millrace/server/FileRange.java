package dev.millrace.server;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers a request for a file, whole or the one range that it asks for. */
final class FileRange {
    private static final int DIGITS_MAX = 18;

    private FileRange() {}

    static Response answer(Path file, long size, String contentType, String tag, Request request) {
        String quoted = '"' + tag + '"';
        Optional<String> known = request.header("If-None-Match");
        if (known.isPresent() && names(known.get(), quoted)) {
            return Response.empty(304).header("ETag", quoted);
        }
        String range = request.header("Range").orElse("");
        boolean asked = range.startsWith("bytes=")
                && range.indexOf(',') < 0
                && request.header("If-Range").map(quoted::equals).orElse(true);
        if (!asked) {
            return dress(Response.part(200, file, 0, size), contentType, quoted);
        }
        long[] part = part(range.substring("bytes=".length()).strip(), size);
        if (part == null) {
            return dress(Response.part(200, file, 0, size), contentType, quoted);
        }
        if (part[0] >= size || part[0] > part[1]) {
            return Response.empty(416)
                    .header("Content-Range", "bytes */" + size)
                    .header("ETag", quoted);
        }
        return dress(Response.part(206, file, part[0], part[1] - part[0] + 1), contentType, quoted)
                .header("Content-Range", "bytes " + part[0] + "-" + part[1] + "/" + size);
    }

    /** First and last byte; a first at or past the size can not be satisfied; null when it is no range, and so is ignored. */
    private static long @Nullable [] part(String range, long size) {
        int dash = range.indexOf('-');
        if (dash < 0) {
            return null;
        }
        String from = range.substring(0, dash);
        String to = range.substring(dash + 1);
        if (!digits(from) || !digits(to) || from.isEmpty() && to.isEmpty()) {
            return null;
        }
        if (from.isEmpty()) {
            long last = Long.parseLong(to);
            return new long[] {last == 0 ? size : Math.max(0, size - last), size - 1};
        }
        long first = Long.parseLong(from);
        long last = to.isEmpty() ? size - 1 : Long.parseLong(to);
        return !to.isEmpty() && last < first ? null : new long[] {first, Math.min(last, size - 1)};
    }

    private static boolean digits(String text) {
        return text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean names(String list, String quoted) {
        return list.strip().equals("*") || list.contains(quoted);
    }

    private static Response dress(Response response, String contentType, String quoted) {
        return response.header("Content-Type", contentType)
                .header("ETag", quoted)
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff");
    }
}
