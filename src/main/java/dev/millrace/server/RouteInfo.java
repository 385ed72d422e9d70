package dev.millrace.server;

/**
 * One route as documentation and access tests see it.
 *
 * @param method the HTTP method in upper case
 * @param pattern the pattern as it was registered, {@code /v1/jobs/{id}}
 */
public record RouteInfo(String method, String pattern) {}
