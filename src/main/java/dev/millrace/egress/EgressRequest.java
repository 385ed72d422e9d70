package dev.millrace.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One request to the outside.
 *
 * @param method the method in upper case
 * @param headers by name; User-Agent, Host and Content-Length are set by the client and can not be given
 * @param body the body; empty for none
 * @param timeout how long the whole exchange may take, from resolving the name to the last byte
 * @param maxResponseBytes the most that is read of the answer's body; more is {@link EgressFailure#TOO_LARGE}
 */
public record EgressRequest(
        String method,
        URI url,
        Map<String, String> headers,
        byte[] body,
        Duration timeout,
        long maxResponseBytes,
        Trust trust) {
    public EgressRequest {
        headers = Map.copyOf(headers);
    }

    public static EgressRequest get(URI url, Duration timeout, long maxResponseBytes, Trust trust) {
        return new EgressRequest("GET", url, Map.of(), new byte[0], timeout, maxResponseBytes, trust);
    }
}
