package dev.millrace.api.millrace.people;

import dev.millrace.access.sessions.SignedIn;
import dev.millrace.access.signin.TwoStepChanges;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;

/** Signing in with two steps: begun, confirmed and ended by the person himself. */
final class TwoStepRoutes {
    static final Form CODE =
            Form.object().needs("code", "string", "What the authenticator shows, or to end it a recovery code.");

    private final PeopleRooms rooms;

    TwoStepRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response begin(Request request) {
        SignedIn who = rooms.callers().person(request);
        String secret = rooms.twoStep().begin(who);
        return Response.json(201, new TwoStepBodies.SecretBody("totp", secret, TwoStepChanges.uri(who, secret)));
    }

    Response confirm(Request request) {
        SignedIn who = rooms.callers().person(request);
        List<String> codes = rooms.twoStep().confirm(who, code(request));
        return Response.json(200, new TwoStepBodies.RecoveryBody("recovery_codes", codes));
    }

    Response end(Request request) {
        SignedIn who = rooms.callers().person(request);
        rooms.twoStep().end(who, code(request));
        return Response.json(200, DeletedBody.of("totp", who.person().id().text()));
    }

    private static String code(Request request) {
        return Fields.of(request.body()).only(CODE.names(), "").text("code");
    }
}
