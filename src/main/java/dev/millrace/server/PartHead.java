package dev.millrace.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the content of one part (RFC 7578).
 *
 * @param contentType in lower case without parameters; empty when there is none
 */
record PartHead(String name, @Nullable String fileName, String contentType) {
    private static final int NAME_MAX = 200;
    private static final int FILE_NAME_MAX = 1_000;

    /** @throws MultipartException with a clause that says what is wrong */
    static PartHead of(List<String> lines) {
        String disposition = null;
        String contentType = "";
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new MultipartException("has a head line without a colon");
            }
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> {
                    if (disposition != null) {
                        throw new MultipartException("has more than one Content-Disposition");
                    }
                    disposition = value;
                }
                case "content-type" -> contentType = type(value);
                case "content-transfer-encoding" -> checkEncoding(value);
                default -> {
                    // RFC 7578, 4.8: other lines are ignored.
                }
            }
        }
        if (disposition == null) {
            throw new MultipartException("has no Content-Disposition");
        }
        return named(disposition, contentType);
    }

    private static PartHead named(String disposition, String contentType) {
        HeadParameters parameters = HeadParameters.of(disposition);
        if (!parameters.value().equalsIgnoreCase("form-data")) {
            throw new MultipartException("must have Content-Disposition: form-data");
        }
        String name = parameters.get("name");
        if (name == null || name.isEmpty() || name.length() > NAME_MAX) {
            throw new MultipartException("must have a name of 1 to " + NAME_MAX + " characters");
        }
        String fileName = parameters.get("filename");
        String extended = parameters.get("filename*");
        String chosen = extended == null ? fileName : decoded(extended);
        if (chosen != null && chosen.length() > FILE_NAME_MAX) {
            throw new MultipartException("has a file name of more than " + FILE_NAME_MAX + " characters");
        }
        return new PartHead(name, chosen, contentType);
    }

    private static String decoded(String extended) {
        int quotes = extended.indexOf("''");
        if (quotes < 0 || !extended.substring(0, quotes).equalsIgnoreCase("utf-8")) {
            throw new MultipartException("has a filename* that is not in UTF-8");
        }
        try {
            String plain = extended.substring(quotes + 2).replace("+", "%2B");
            return URLDecoder.decode(plain, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MultipartException("has a filename* that is not percent-encoded");
        }
    }

    private static String type(String value) {
        int end = value.indexOf(';');
        String type = (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (type.startsWith("multipart/")) {
            throw new MultipartException("is a multipart body itself; send its parts side by side");
        }
        return type;
    }

    private static void checkEncoding(String value) {
        if (!List.of("binary", "8bit", "7bit").contains(value.toLowerCase(Locale.ROOT))) {
            throw new MultipartException("has a Content-Transfer-Encoding; send the bytes as they are");
        }
    }

    /** A value with the parameters behind it. */
    private record HeadParameters(String value, List<String> namesAndValues) {
        static HeadParameters of(String text) {
            int at = text.indexOf(';');
            String value = (at < 0 ? text : text.substring(0, at)).strip();
            List<String> found = new ArrayList<>();
            while (at >= 0 && at < text.length()) {
                int equals = text.indexOf('=', at);
                if (equals < 0) {
                    break;
                }
                found.add(text.substring(at + 1, equals).strip().toLowerCase(Locale.ROOT));
                at = valueFrom(text, equals + 1, found);
            }
            return new HeadParameters(value, found);
        }

        @Nullable
        String get(String name) {
            for (int i = 0; i < namesAndValues.size(); i += 2) {
                if (namesAndValues.get(i).equals(name)) {
                    return namesAndValues.get(i + 1);
                }
            }
            return null;
        }

        /** Adds the value that begins there, and returns where the next semicolon is, or the end. */
        private static int valueFrom(String text, int start, List<String> found) {
            int from = start;
            while (from < text.length() && text.charAt(from) == ' ') {
                from++;
            }
            if (from >= text.length() || text.charAt(from) != '"') {
                int end = text.indexOf(';', from);
                found.add(text.substring(from, end < 0 ? text.length() : end).strip());
                return end < 0 ? text.length() : end;
            }
            StringBuilder value = new StringBuilder();
            int at = from + 1;
            while (at < text.length() && text.charAt(at) != '"') {
                boolean escape = text.charAt(at) == '\\'
                        && at + 1 < text.length()
                        && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '\\');
                at += escape ? 1 : 0;
                value.append(text.charAt(at));
                at++;
            }
            if (at >= text.length()) {
                throw new MultipartException("has a quoted text without an end in its head");
            }
            found.add(value.toString());
            int next = text.indexOf(';', at);
            return next < 0 ? text.length() : next;
        }
    }
}
