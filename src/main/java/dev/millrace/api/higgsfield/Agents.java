package dev.millrace.api.higgsfield;

import dev.millrace.server.Request;
import dev.millrace.server.Response;

/**
 * The agent routes, on a server that makes things and has no agents: 403, which the clients read as "not enabled for this
 * account" (contract 1.9).
 */
final class Agents {
    private final CredentialHeaders credentials;

    Agents(CredentialHeaders credentials) {
        this.credentials = credentials;
    }

    Response refuse(Request request) {
        credentials.principal(request);
        return Response.json(
                403,
                new HiggsfieldErrors.TextBody("Agents are not enabled: this server generates media, and has none."));
    }
}
