package dev.millrace.egress;

import java.util.Optional;

/**
 * One answer from the outside. Everything in it is the other side's word.
 *
 * @param status the status as it came; a redirect is an answer like any other
 */
public record EgressResponse(int status, EgressHeaders headers, byte[] body) {
    public Optional<String> header(String name) {
        return headers.first(name);
    }
}
