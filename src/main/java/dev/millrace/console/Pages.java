package dev.millrace.console;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the answers that are pages: each in the same frame, under the same rules of what a browser may load for it. */
public final class Pages {
    /** Everything comes from here, nothing stands inside a page, and no other site may show one. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
            + " img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    private static final String THEME = "theme";

    private final ConsoleSettings settings;

    public Pages(ConsoleSettings settings) {
        this.settings = settings;
    }

    /**
     * What a page shows.
     *
     * @param template the file that renders it, as {@code models/list.jte}
     * @param values its parameters beside {@code frame}
     */
    public record Content(
            String template,
            String title,
            String summary,
            @Nullable Area area,
            Map<String, ?> values) {
        /** With one value, which the template calls {@code page}. */
        public static Content of(String template, String title, String summary, Area area, Object page) {
            return new Content(template, title, summary, area, Map.of("page", page));
        }
    }

    /** A page for anybody. */
    public Response show(Request request, Content content) {
        return answer(request, 200, content, null).header("Cache-Control", "no-cache");
    }

    /** A page for one reader, which no cache keeps; null before he has signed in. */
    public Response personal(Request request, int status, Content content, Frame.@Nullable Who who) {
        return answer(request, status, content, who).header("Cache-Control", "no-store");
    }

    /** A failure as a page. */
    Response failure(Problem problem, Request request) {
        if (problem.code() == ProblemCode.UNAUTHENTICATED) {
            String back = request.method().equals("GET") && request.path().startsWith("/console/")
                    ? "?to=" + URLEncoder.encode(request.path(), StandardCharsets.UTF_8)
                    : "";
            return Response.empty(303)
                    .header("Location", "/console/sign-in" + back)
                    .header("Cache-Control", "no-store");
        }
        int status = problem.code().status();
        String heading = problem.code() == ProblemCode.FORBIDDEN
                ? "You may not do this"
                : problem.code().title();
        Map<String, Object> values =
                Map.of("status", status, "heading", heading, "detail", problem.detail(), "request", request.id());
        return answer(request, status, new Content("failure.jte", heading, problem.detail(), null, values), null)
                .header("Cache-Control", "no-store");
    }

    private Response answer(Request request, int status, Content content, Frame.@Nullable Who who) {
        Map<String, Object> values = new HashMap<>(content.values());
        values.put(
                "frame",
                new Frame(
                        content.title(),
                        content.summary(),
                        content.area(),
                        theme(request),
                        StaticFiles.path(),
                        request.baseUrl().toString(),
                        settings,
                        request.path(),
                        Cookies.value(request, Cookies.SESSION).isPresent(),
                        who));
        return Response.bytes(status, "text/html; charset=utf-8", Templates.render(content.template(), values))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    }

    private static String theme(Request request) {
        String chosen = Cookies.value(request, THEME).orElse("");
        return chosen.equals("dark") || chosen.equals("light") ? chosen : "";
    }
}
