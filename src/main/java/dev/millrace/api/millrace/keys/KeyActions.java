package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.Keyring;
import dev.millrace.access.NewKey;
import dev.millrace.access.Suspendable;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.keys.KeyRoutes.MadeBody;
import dev.millrace.api.millrace.keys.KeyRoutes.OneBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;

/** What is done to a key beside changing it: a new secret, an end to the former ones, suspended and resumed. */
final class KeyActions {
    static final Form ROTATE = Form.object()
            .takes(
                    "overlap_seconds",
                    "integer",
                    "How long the secret of now works on: 86400 where it is not said, at most 2592000, 0 for not at all.");

    private final KeyRooms rooms;
    private final KeyRoutes keys;

    KeyActions(KeyRooms rooms, KeyRoutes keys) {
        this.rooms = rooms;
        this.keys = keys;
    }

    Response rotate(Request request) {
        Caller caller = rooms.callers().caller(request);
        Duration overlap = overlap(Bodies.optional(request).only(ROTATE.names(), ""));
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            KeyInfo key = keys.guard().changeable(tx, caller, request.pathParam("hash"));
            NewKey made = rooms.keyring()
                    .rotate(tx, caller.actor(), organization, key.id(), overlap)
                    .orElseThrow();
            return Response.json(200, new MadeBody(made.full(), keys.body(tx, organization, key.id())));
        });
    }

    Response endFormer(Request request) {
        Caller caller = rooms.callers().caller(request);
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            KeyInfo key = keys.guard().changeable(tx, caller, request.pathParam("hash"));
            rooms.keyring().endFormer(tx, caller.actor(), organization, key.id());
            return Response.json(200, new OneBody(keys.body(tx, organization, key.id())));
        });
    }

    Response suspend(Request request) {
        Caller caller = rooms.callers().caller(request);
        String reason = Bodies.reason(request);
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            KeyInfo key = keys.guard().changeable(tx, caller, request.pathParam("hash"));
            Bodies.checked(() -> rooms.suspender()
                    .suspend(tx, caller.actor(), organization, new Suspendable.OfKey(key.id()), reason, false));
            return Response.json(200, new OneBody(keys.body(tx, organization, key.id())));
        });
    }

    Response resume(Request request) {
        Caller caller = rooms.callers().caller(request);
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            KeyInfo key = keys.guard().changeable(tx, caller, request.pathParam("hash"));
            rooms.suspender().resume(tx, caller.actor(), organization, new Suspendable.OfKey(key.id()), false);
            return Response.json(200, new OneBody(keys.body(tx, organization, key.id())));
        });
    }

    private static Duration overlap(Fields body) {
        long seconds = body.number("overlap_seconds", 0).orElse(Keyring.OVERLAP.toSeconds());
        if (seconds > Keyring.OVERLAP_MAX.toSeconds()) {
            throw Fields.wrong(
                    "overlap_seconds", "maximum", "must be at most " + Keyring.OVERLAP_MAX.toSeconds() + " seconds.");
        }
        return Duration.ofSeconds(seconds);
    }
}
