package dev.millrace.limits;

import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells every answer whose request was counted where its key stands, in the RateLimit header fields and in those that OpenAI's
 * clients read. Set in one place for all dialects, so that none can forget it, a refusal included.
 */
public final class RateHeaders {
    private static final ScopedValue<Seen> COUNTED = ScopedValue.newInstance();

    private RateHeaders() {}

    /** What the request that is being answered was counted as last. */
    private static final class Seen {
        private @Nullable RateState state;
    }

    static void counted(RateState state) {
        if (COUNTED.isBound()) {
            COUNTED.get().state = state;
        }
    }

    /** An {@link dev.millrace.server.Around} for all routes. */
    public static Response around(Request request, Supplier<Response> next) {
        Seen seen = new Seen();
        Response response = ScopedValue.where(COUNTED, seen).call(next::get);
        RateState state = seen.state;
        return state == null ? response : told(response, state);
    }

    private static Response told(Response response, RateState state) {
        return response.header("RateLimit-Policy", state.rateLimitPolicy())
                .header("RateLimit", state.rateLimit())
                .header("x-ratelimit-limit-requests", Long.toString(state.quota()))
                .header("x-ratelimit-remaining-requests", Long.toString(state.remaining()))
                .header(
                        "x-ratelimit-reset-requests",
                        WholeSeconds.up(state.full()).toSeconds() + "s");
    }
}
