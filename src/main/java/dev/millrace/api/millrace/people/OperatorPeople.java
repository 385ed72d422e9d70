package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Caller;
import dev.millrace.access.Organization;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.people.Email;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Membership;
import dev.millrace.access.people.Person;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** {@code /api/v1/people}: everybody whom the installation knows, for whoever runs it. */
final class OperatorPeople {
    private static final Form CREATE = Form.object()
            .needs("email", "string", "The address that signs in.")
            .takes("name", "string", "What to call the person; otherwise the address.")
            .takes("organization", "string", "Where; otherwise the operator's own.")
            .takes("role", "string", "owner, admin, developer, billing or viewer; owner where it is not said.");

    private final PeopleRooms rooms;
    private final PeopleDesk desk;

    OperatorPeople(PeopleRooms rooms) {
        this.rooms = rooms;
        this.desk = new PeopleDesk(rooms);
    }

    void register(Described described) {
        described
                .on(
                        get("/api/v1/people", "listPeople", "The people who came last; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(PageBody.class, PersonBody.class)),
                        this::list)
                .on(
                        post(
                                        "/api/v1/people",
                                        "createPerson",
                                        "Makes somebody a member, with a link to set a password; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(CREATE)
                                .answers(201, json(PeopleDesk.CreatedBody.class))
                                .fails(404),
                        this::create)
                .on(
                        get(
                                        "/api/v1/people/{id}/sessions",
                                        "listSessionsOf",
                                        "Where a person is signed in; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(PageBody.class, SessionBody.class))
                                .fails(404),
                        this::sessions)
                .on(
                        delete(
                                        "/api/v1/people/{id}/sessions",
                                        "endSessionsOf",
                                        "Signs a person out everywhere; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(EndedBody.class))
                                .fails(404),
                        this::end)
                .on(
                        delete(
                                        "/api/v1/people/{id}/totp",
                                        "endTwoStepOf",
                                        "Ends the two-step sign-in of who has lost every code; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(DeletedBody.class))
                                .fails(404),
                        this::endTwoStep);
    }

    private Response list(Request request) {
        rooms.callers().caller(request);
        return Response.json(200, desk.people());
    }

    private Response create(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(CREATE.names(), "");
        Email email = Inputs.email(body, "email");
        Role role = body.has("role") ? Inputs.role(body, "role") : Role.OWNER;
        OrganizationId where = body.has("organization")
                ? OrganizationId.parse(body.text("organization")).orElseThrow(() -> Inputs.absent("organization"))
                : caller.organization();
        rooms.database()
                .read(tx -> rooms.organizations().find(tx, where))
                .filter(Organization::operator)
                .ifPresent(own -> Hosts.within(caller.role(), role));
        String base = request.baseUrl().toString();
        return Response.json(
                201,
                Inputs.<Object>named(
                        "name", () -> desk.create(caller.actor(), email, body.textOrNull("name"), where, role, base)));
    }

    private Response sessions(Request request) {
        rooms.callers().caller(request);
        return Response.json(200, desk.sessions(person(request)));
    }

    private Response end(Request request) {
        Caller caller = rooms.callers().caller(request);
        return Response.json(200, desk.endSessions(caller.actor(), person(request)));
    }

    private Response endTwoStep(Request request) {
        Caller caller = rooms.callers().caller(request);
        return Response.json(
                200,
                desk.endTwoStep(
                        caller.actor(), person(request), (tx, person) -> requireReach(tx, rooms, caller, person)));
    }

    /**
     * Refuses to give whoever runs the installation a way into the account of somebody who may do more there than he.
     *
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN}
     */
    static void requireReach(Tx tx, PeopleRooms rooms, Caller caller, Person person) {
        rooms.members().of(tx, person.id()).stream()
                .filter(Membership::operator)
                .forEach(membership -> Hosts.within(caller.role(), membership.role()));
    }

    private static PersonId person(Request request) {
        return PersonId.parse(request.pathParam("id")).orElseThrow(() -> Inputs.absent("person"));
    }
}
