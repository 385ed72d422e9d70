package dev.millrace.api.millrace.money;

import dev.millrace.access.Principal;
import dev.millrace.server.Request;
import dev.millrace.trail.Actor;

/** Who asks, as the audit log names him. */
final class Actors {
    private Actors() {}

    static Actor of(Principal principal, Request request) {
        return Actor.key(principal.key(), principal.organization(), request.remoteAddress());
    }
}
