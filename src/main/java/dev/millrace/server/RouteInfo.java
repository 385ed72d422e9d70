package dev.millrace.server;

/**
 * One route as documentation and access tests see it.
 *
 * @param method the HTTP method in upper case
 * @param pattern the pattern as it was registered, {@code /v1/jobs/{id}}
 * @param needs what whoever asks must be allowed, in the words of those who check it; {@link #ANYONE} where nobody is checked,
 *     empty where nothing was said
 * @param dialect the dialect that it speaks; empty for none
 */
public record RouteInfo(String method, String pattern, String needs, String dialect) {
    /** What a route needs that answers anybody. */
    public static final String ANYONE = "anyone";
}
