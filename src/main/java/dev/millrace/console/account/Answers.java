package dev.millrace.console.account;

import dev.millrace.server.Response;

/** Answers that are no pages. */
final class Answers {
    private Answers() {}

    /** Goes on to another page with a {@code GET}, so that reloading repeats nothing. */
    static Response to(String path) {
        return Response.empty(303).header("Location", path).header("Cache-Control", "no-store");
    }
}
