package dev.millrace.api.higgsfield;

import dev.millrace.jobs.WebhookTarget;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.webhooks.DeliveryPolicy;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A submitted body in either of its two forms, which the same path takes (contract 1.8): the model's parameters as they are
 * (v2), or under {@code params}, with a webhook beside them (v1).
 *
 * @param body the whole of it
 * @param webhook of v1; null where there is none
 */
record Envelope(
        ObjectNode body,
        ObjectNode parameters,
        boolean isV1,
        @Nullable WebhookTarget webhook) {
    private static final String PARAMS = "params";
    private static final Pattern SECRET = Pattern.compile("[\\x20-\\x7E]{1,1000}");

    /** @throws ProblemException {@code INVALID_JSON}, with the fields that are no part of an envelope */
    static Envelope parse(byte[] bytes) {
        ObjectNode body = Json.parseObject(bytes);
        JsonNode params = body.get(PARAMS);
        if (params == null) {
            return new Envelope(body, body, false, null);
        }
        if (!(params instanceof ObjectNode parameters)) {
            throw wrong(PARAMS, "dict_type", "Input should be a valid dictionary");
        }
        return new Envelope(body, parameters, true, webhook(body.path("webhook")));
    }

    private static @Nullable WebhookTarget webhook(JsonNode webhook) {
        if (webhook.isMissingNode() || webhook.isNull()) {
            return null;
        }
        if (!webhook.isObject()) {
            throw wrong("webhook", "dict_type", "Input should be a valid dictionary");
        }
        return WebhookTarget.ofEnd(url(webhook.path("url")), DeliveryPolicy.HIGGSFIELD, secret(webhook.path("secret")));
    }

    private static String url(JsonNode url) {
        if (url.isMissingNode()) {
            throw wrong("webhook.url", "missing", "Field required");
        }
        if (!url.isString()) {
            throw wrong("webhook.url", "string_type", "Input should be a valid string");
        }
        return url.stringValue();
    }

    /** It is sent as a header, so it has to be fit for one. */
    private static @Nullable String secret(JsonNode secret) {
        if (secret.isMissingNode() || secret.isNull()) {
            return null;
        }
        if (!secret.isString() || !SECRET.matcher(secret.stringValue()).matches()) {
            throw wrong(
                    "webhook.secret",
                    "string_type",
                    "Input should be a string of 1 to 1000 printable ASCII characters");
        }
        return secret.stringValue();
    }

    private static ProblemException wrong(String path, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_JSON, FieldError.of(path, rule, message))
                .toException();
    }
}
