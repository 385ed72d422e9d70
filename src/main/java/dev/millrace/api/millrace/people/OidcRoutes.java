package dev.millrace.api.millrace.people;

import dev.millrace.access.oidc.OpenId;
import dev.millrace.access.oidc.OpenId.Outcome;
import dev.millrace.access.sessions.Client;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import org.jspecify.annotations.Nullable;

/** Signing in through an identity provider, for programs that have pages of their own. */
final class OidcRoutes {
    static final Form START =
            Form.object().takes("invitation", "string", "What an invitation's link says, where somebody comes by one.");

    static final Form FINISH = Form.object()
            .needs("state", "string", "As it came back from the provider.")
            .needs("code", "string", "Likewise.")
            .needs("flow", "string", "What the start answered, kept where the sign-in was begun.");

    static final Form CODE = Form.object()
            .needs("pending", "string", "What the finish answered.")
            .needs("code", "string", "What the authenticator shows, or a recovery code.");

    /** Console path that a browser begins at. */
    private static final String PAGE = "/console/oidc/start";

    private final OpenId openId;

    OidcRoutes(PeopleRooms rooms) {
        this.openId = rooms.openId();
    }

    /**
     * Whether people may sign in through a provider.
     *
     * @param start_path where a browser begins
     */
    record OfferBody(String object, boolean enabled, String display_name, String start_path) {}

    /**
     * A sign-in that was begun.
     *
     * @param flow to be kept where it was begun, and to come back with the answer
     */
    record StartBody(String object, String authorization_url, String flow) {}

    /** The second step is still to come. */
    record PendingBody(String object, String status, String pending) {}

    Response offer(Request request) {
        return Response.json(200, new OfferBody("oidc", openId.on(), openId.displayName(), PAGE));
    }

    Response start(Request request) {
        Fields body = Fields.of(request.body()).only(START.names(), "");
        @Nullable String invitation = body.has("invitation") ? body.text("invitation") : null;
        OpenId.Begun begun = openId.begin(null, invitation, Client.of(request));
        return Response.json(201, new StartBody("oidc_start", begun.url().toString(), begun.flow()));
    }

    Response finish(Request request) {
        Fields body = Fields.of(request.body()).only(FINISH.names(), "");
        return switch (openId.finish(body.text("state"), body.text("code"), body.text("flow"), Client.of(request))) {
            case Outcome.Entered entered -> Response.json(201, NewSessionBody.of(entered.entry(), null));
            case Outcome.CodeNeeded needed ->
                Response.json(202, new PendingBody("oidc_pending", "code_needed", needed.pending()));
        };
    }

    Response code(Request request) {
        Fields body = Fields.of(request.body()).only(CODE.names(), "");
        Outcome.Entered entered = openId.withCode(body.text("pending"), body.text("code"), Client.of(request));
        return Response.json(201, NewSessionBody.of(entered.entry(), null));
    }
}
