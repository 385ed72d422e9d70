package dev.millrace.api.millrace.privacy;

import dev.millrace.access.Caller;
import dev.millrace.access.Permission;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;

/** Finds the organization that a route is about: one's own, or any for whoever runs the installation. */
final class Subjects {
    private final PrivacyApi.Rooms rooms;

    Subjects(PrivacyApi.Rooms rooms) {
        this.rooms = rooms;
    }

    /** @throws ProblemException {@code NOT_FOUND}; another's answers as one that is not there */
    OrganizationId organization(Request request, Caller caller) {
        return OrganizationId.parse(request.pathParam("id"))
                .filter(id -> id.equals(caller.organization()) || caller.may(Permission.OPERATE))
                .filter(id -> rooms.database()
                        .read(tx -> rooms.organizations().find(tx, id))
                        .isPresent())
                .orElseThrow(() -> absent("organization"));
    }

    static ProblemException absent(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }
}
