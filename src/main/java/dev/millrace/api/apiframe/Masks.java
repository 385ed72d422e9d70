package dev.millrace.api.apiframe;

import dev.millrace.assets.ContentTypes;
import dev.millrace.problem.Problem;
import java.util.Base64;
import java.util.Set;

/** Reads masks, which come as base64 in the body. */
final class Masks {
    private static final String MARK = ";base64,";
    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/webp");

    private Masks() {}

    /**
     * The mask as a {@code data:} URL of the type that its bytes have.
     *
     * @param base64 with or without the head of a {@code data:} URL
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when it is no picture
     */
    static String dataUrl(String field, String base64) {
        int mark = base64.startsWith("data:") ? base64.indexOf(MARK) : -1;
        String text = mark < 0 ? base64 : base64.substring(mark + MARK.length());
        String type = ContentTypes.of(decoded(field, text));
        if (!PICTURES.contains(type)) {
            throw Problem.parameter(field, "must be a PNG, JPEG or WebP picture as base64.")
                    .toException();
        }
        return "data:" + type + MARK + text;
    }

    private static byte[] decoded(String field, String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(field, "is not base64.").toException();
        }
    }
}
