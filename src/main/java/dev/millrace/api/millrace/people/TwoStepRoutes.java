package dev.millrace.api.millrace.people;

import dev.millrace.access.Unauthenticated;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.PersonId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        PersonId id = who.person().id();
        String secret = rooms.database()
                .writer()
                .<Optional<String>>write(id.text(), tx -> rooms.twoStep().begin(tx, id))
                .orElseThrow(() -> Fields.wrong("totp", "value", "is on already: end it first."));
        String uri = "otpauth://totp/Millrace:" + encoded(who.person().email().text()) + "?secret=" + secret
                + "&issuer=Millrace";
        return Response.json(201, new TwoStepBodies.SecretBody("totp", secret, uri));
    }

    Response confirm(Request request) {
        SignedIn who = rooms.callers().person(request);
        PersonId id = who.person().id();
        rooms.attempts().check(who.person().email(), who.address());
        String code = code(request);
        Optional<List<String>> codes = rooms.database().writer().write(id.text(), tx -> {
            Optional<List<String>> made = rooms.twoStep().confirm(tx, id, code);
            if (made.isPresent()) {
                rooms.trail().write(tx, who.actor(), "person.totp_on", "person:" + id, Map.of());
            }
            return made;
        });
        return Response.json(
                200, new TwoStepBodies.RecoveryBody("recovery_codes", codes.orElseThrow(() -> failed(who))));
    }

    Response end(Request request) {
        SignedIn who = rooms.callers().person(request);
        PersonId id = who.person().id();
        rooms.attempts().check(who.person().email(), who.address());
        String code = code(request);
        boolean ended = rooms.database().writer().<Boolean>write(id.text(), tx -> {
            if (!rooms.twoStep().passes(tx, id, code)) {
                return false;
            }
            rooms.twoStep().end(tx, id);
            rooms.trail().write(tx, who.actor(), "person.totp_off", "person:" + id, Map.of());
            return true;
        });
        if (!ended) {
            throw failed(who);
        }
        return Response.json(200, DeletedBody.of("totp", id.text()));
    }

    private RuntimeException failed(SignedIn who) {
        rooms.attempts().failed(who.person().email(), who.address());
        return Unauthenticated.CODE.exception();
    }

    private static String code(Request request) {
        return Fields.of(request.body()).only(CODE.names(), "").text("code").replace(" ", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
