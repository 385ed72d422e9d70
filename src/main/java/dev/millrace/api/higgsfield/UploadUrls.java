package dev.millrace.api.higgsfield;

import dev.millrace.access.Principal;
import dev.millrace.assets.Uploads;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import tools.jackson.databind.JsonNode;

/** {@code POST /files/generate-upload-url}: where to send a file (contract 1.7). */
final class UploadUrls {
    private static final String TYPE = "content_type";

    private final CredentialHeaders credentials;
    private final Uploads uploads;

    UploadUrls(CredentialHeaders credentials, Uploads uploads) {
        this.credentials = credentials;
        this.uploads = uploads;
    }

    Response generate(Request request) {
        Principal principal = credentials.principal(request);
        JsonNode type = Json.parseObject(request.body()).path(TYPE);
        if (type.isMissingNode()) {
            throw wrong("required", "is missing.");
        }
        if (!type.isString()) {
            throw wrong("value", "must be a text.");
        }
        return Response.json(
                200,
                UploadBody.of(
                        uploads.ticket(principal.organization(), type.stringValue()),
                        request.baseUrl().toString()));
    }

    private static RuntimeException wrong(String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(TYPE, rule, message))
                .toException();
    }
}
