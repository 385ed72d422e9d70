package dev.millrace.limits;

import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells every answer whose request was counted where its key stands, in the RateLimit header fields and in those that OpenAI's
 * clients read. Set in one place for all dialects, so that none can forget it, a refusal included.
 */
public final class RateHeaders {
    private static final ScopedValue<Seen> COUNTED = ScopedValue.newInstance();

    private RateHeaders() {}

    /** What the request that is being answered was counted as: the tightest of each. */
    private static final class Seen {
        private @Nullable RateState requests;
        private @Nullable RateState tokens;
    }

    static void counted(RateState state) {
        if (COUNTED.isBound()) {
            COUNTED.get().requests = tightest(COUNTED.get().requests, state);
        }
    }

    static void countedTokens(RateState state) {
        if (COUNTED.isBound()) {
            COUNTED.get().tokens = tightest(COUNTED.get().tokens, state);
        }
    }

    private static RateState tightest(@Nullable RateState known, RateState state) {
        return known == null || state.remaining() <= known.remaining() ? state : known;
    }

    /** An {@link dev.millrace.server.Around} for all routes. */
    public static Response around(Request request, Supplier<Response> next) {
        Seen seen = new Seen();
        Response response = ScopedValue.where(COUNTED, seen).call(next::get);
        RateState requests = seen.requests;
        if (requests == null) {
            return response;
        }
        RateState tokens = seen.tokens;
        Response told = told(response, "requests", requests);
        return tokens == null
                ? told.header("RateLimit-Policy", requests.rateLimitPolicy("requests"))
                        .header("RateLimit", requests.rateLimit("requests"))
                : told(told, "tokens", tokens)
                        .header(
                                "RateLimit-Policy",
                                requests.rateLimitPolicy("requests") + ", " + tokens.rateLimitPolicy("tokens"))
                        .header("RateLimit", requests.rateLimit("requests") + ", " + tokens.rateLimit("tokens"));
    }

    private static Response told(Response response, String measure, RateState state) {
        return response.header("x-ratelimit-limit-" + measure, Long.toString(state.quota()))
                .header("x-ratelimit-remaining-" + measure, Long.toString(state.remaining()))
                .header("x-ratelimit-reset-" + measure, reset(WholeSeconds.up(state.full())));
    }

    /** As OpenAI writes it: {@code 1s}, {@code 6m0s}. */
    private static String reset(Duration wait) {
        return (wait.toMinutes() > 0 ? wait.toMinutes() + "m" : "") + wait.toSecondsPart() + "s";
    }
}
