package dev.millrace.api.millrace.privacy;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.access.people.Passwords;
import dev.millrace.access.people.People;
import dev.millrace.access.sessions.Callers;
import dev.millrace.access.signin.Attempts;
import dev.millrace.access.signin.TwoStep;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.db.Database;
import dev.millrace.privacy.Departures;
import dev.millrace.privacy.Exports;
import dev.millrace.privacy.Finder;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;

/** The routes about what is known of people and organizations. */
public final class PrivacyApi {
    private static final Shape ZIP = Shape.file("application/zip");

    private final ErasureRoutes erasures;
    private final ExportRoutes exports;

    /** What the routes call. */
    public record Rooms(
            Callers callers,
            People people,
            Passwords passwords,
            Attempts attempts,
            TwoStep twoStep,
            Organizations organizations,
            Departures departures,
            Exports exports,
            Finder finder,
            ContactsBody contacts,
            Database database) {}

    public PrivacyApi(Rooms rooms) {
        Subjects subjects = new Subjects(rooms);
        this.erasures = new ErasureRoutes(rooms, subjects);
        this.exports = new ExportRoutes(rooms, subjects);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        Described described = new Described(
                routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document);
        archives(described);
        erasures(described);
        described
                .on(
                        get(
                                        "/api/v1/find",
                                        "find",
                                        "What belongs to whom, by an address, an id or a key's first letters.")
                                .needs(Permission.OPERATE)
                                .query("q", "string", "What to look for.")
                                .answers(200, json(PageBody.class, FoundBody.class)),
                        exports::find)
                .on(
                        get("/api/v1/contacts", "getContacts", "Whom to ask for help, about privacy and terms.")
                                .toAnyone()
                                .answers(200, json(ContactsBody.class)),
                        exports::contacts);
    }

    private void archives(Described described) {
        described
                .on(
                        get("/api/v1/me/export", "exportMe", "All that is kept of the person, as a ZIP file.")
                                .toPersons()
                                .answers(200, ZIP),
                        exports::myself)
                .on(
                        get("/api/v1/people/{id}/export", "exportPerson", "The same of anybody; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, ZIP)
                                .fails(404),
                        exports::person)
                .on(
                        get(
                                        "/api/v1/organizations/{id}/export",
                                        "exportOrganization",
                                        "All that belongs to the organization, its files too, as a ZIP file.")
                                .needs(Permission.ERASE_ORGANIZATION)
                                .answers(200, ZIP)
                                .fails(404),
                        exports::organization);
    }

    private void erasures(Described described) {
        described
                .on(
                        delete("/api/v1/me", "eraseMe", "Erases the person. It can not be undone.")
                                .toPersons()
                                .body(ErasureRoutes.MYSELF)
                                .answers(200, json(ErasureBody.class))
                                .fails(429),
                        erasures::myself)
                .on(
                        post("/api/v1/people/{id}/erase", "erasePerson", "Erases anybody; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(ErasureRoutes.PERSON)
                                .answers(200, json(ErasureBody.class))
                                .fails(404),
                        erasures::person)
                .on(
                        post(
                                        "/api/v1/organizations/{id}/erase",
                                        "eraseOrganization",
                                        "Erases the organization. It can not be undone.")
                                .needs(Permission.ERASE_ORGANIZATION)
                                .body(ErasureRoutes.ORGANIZATION)
                                .answers(202, json(ErasureBody.class))
                                .fails(404),
                        erasures::organization)
                .on(
                        get("/api/v1/erasures", "listErasures", "The last 200 erasures; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(PageBody.class, ErasureBody.class)),
                        erasures::list)
                .on(
                        get("/api/v1/erasures/{subject}", "getErasure", "One, as person:ID; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(ErasureBody.class))
                                .fails(404),
                        erasures::one);
    }
}
