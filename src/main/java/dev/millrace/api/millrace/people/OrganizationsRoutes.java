package dev.millrace.api.millrace.people;

import dev.millrace.access.Caller;
import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Organizations: one's own, and all of them for whoever runs the installation. */
final class OrganizationsRoutes {
    static final Form CHANGE = Form.object()
            .takes("name", "string", "What it is called.")
            .takes("time_zone", "string", "In which its days and months begin, as Europe/London.");

    private final PeopleRooms rooms;

    OrganizationsRoutes(PeopleRooms rooms) {
        this.rooms = rooms;
    }

    Response list(Request request) {
        rooms.callers().caller(request);
        List<Organization> all = rooms.database().read(rooms.organizations()::list);
        return Response.json(
                200, PageBody.of(all.stream().map(OrganizationBody::of).toList(), null));
    }

    Response one(Request request) {
        Caller caller = rooms.callers().caller(request);
        return Response.json(200, OrganizationBody.of(rooms.database().read(tx -> named(tx, caller, request))));
    }

    Response change(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(CHANGE.names(), "");
        Map<String, String> facts = new TreeMap<>();
        Organization changed = rooms.database()
                .writer()
                .write(caller.organization().text(), tx -> {
                    facts.clear();
                    Organization organization = named(tx, caller, request);
                    if (body.has("name")) {
                        String name = body.text("name");
                        Inputs.named("name", () -> rooms.organizations().rename(tx, organization.id(), name));
                        facts.put("name", name);
                    }
                    if (body.has("time_zone")) {
                        ZoneId zone = Organizations.timeZone(body.text("time_zone"))
                                .orElseThrow(() -> Fields.wrong(
                                        "time_zone",
                                        "value",
                                        "must be the name of a time zone, as Europe/London or UTC."));
                        rooms.organizations().moveTo(tx, organization.id(), zone);
                        facts.put("time_zone", zone.getId());
                    }
                    rooms.trail()
                            .write(
                                    tx,
                                    caller.actor().about(organization.id()),
                                    "organization.change",
                                    "organization:" + organization.id(),
                                    facts);
                    return rooms.organizations().find(tx, organization.id()).orElseThrow();
                });
        return Response.json(200, OrganizationBody.of(changed));
    }

    /** His own, or any for whoever runs the installation; another's answers as one that is not there. */
    private Organization named(Tx tx, Caller caller, Request request) {
        return OrganizationId.parse(request.pathParam("id"))
                .filter(id -> id.equals(caller.organization()) || caller.may(Permission.OPERATE))
                .flatMap(id -> rooms.organizations().find(tx, id))
                .orElseThrow(() -> Inputs.absent("organization"));
    }
}
