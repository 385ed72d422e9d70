package dev.millrace.provider;

import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/**
 * One language request in neutral form.
 *
 * @param requestId unique per request and attempt: an upstream that takes idempotency keys gets it
 * @param attempt counts the calls for the request from 1
 * @param upstreamModel the model's name at the upstream
 * @param maxOutputTokens the most tokens that the answer may have, arguments of tool calls included; the hold covers exactly
 *     these
 * @param seed makes the answer repeatable where the upstream can
 * @param parameters the remaining parameters, checked against the model's schema
 */
public record TextCall(
        String requestId,
        int attempt,
        String upstreamModel,
        Dialogue dialogue,
        long maxOutputTokens,
        OptionalLong seed,
        ObjectNode parameters) {
    /** A first call, without tools. */
    public TextCall(
            String requestId,
            String upstreamModel,
            List<Message> messages,
            long maxOutputTokens,
            OptionalLong seed,
            ObjectNode parameters) {
        this(requestId, 1, upstreamModel, Dialogue.of(messages), maxOutputTokens, seed, parameters);
    }

    public List<Message> messages() {
        return dialogue.messages();
    }
}
