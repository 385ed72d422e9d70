package dev.millrace.console.account;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a form that a browser sent. */
final class FormBody {
    private final Map<String, String> fields = new HashMap<>();

    private FormBody(String text) {
        for (String pair : text.split("&", -1)) {
            int sign = pair.indexOf('=');
            if (sign > 0) {
                fields.putIfAbsent(decoded(pair.substring(0, sign)), decoded(pair.substring(sign + 1)));
            }
        }
    }

    /**
     * The form, when it comes from a page that was made for the browser that holds the secret.
     *
     * @throws ProblemException {@code FORBIDDEN} when it does not; {@code UNSUPPORTED_MEDIA_TYPE} for what is no form
     */
    static FormBody of(Request request, String secret) {
        if (!request.contentType().equals("application/x-www-form-urlencoded")) {
            throw new ProblemException(ProblemCode.UNSUPPORTED_MEDIA_TYPE, "This takes a form.");
        }
        FormBody form = new FormBody(new String(request.body(), StandardCharsets.UTF_8));
        boolean foreign =
                request.header("Sec-Fetch-Site").filter("cross-site"::equals).isPresent();
        if (foreign || !FormToken.fits(form.text(FormToken.FIELD), secret)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "The form is out of date or came from elsewhere. Open the page again and repeat it.");
        }
        return form;
    }

    /** The value without spaces around it; empty when it is missing. */
    String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /** The value to the letter, as of a password. */
    String exact(String name) {
        return fields.getOrDefault(name, "");
    }

    /** Whether a box was ticked. */
    boolean ticked(String name) {
        return fields.containsKey(name);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The form is not encoded as forms are.");
        }
    }
}
