package dev.millrace.api.millrace.limits;

import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.put;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Access;
import dev.millrace.access.Caller;
import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.access.sessions.Callers;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitRules;
import dev.millrace.limits.LimitStandings;
import dev.millrace.limits.PlanChoice;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import dev.millrace.trail.Trail;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The routes about limits. */
public final class LimitsApi {
    private static final Form RULES = Form.object()
            .takes("requests_per_minute", "integer", "Requests in a minute.")
            .takes(
                    "tokens_per_minute",
                    "integer",
                    "Tokens in a minute: the most that each request may use, and what it used once it ends.")
            .takes("live_requests", "integer", "Language requests at once.")
            .takes("open_jobs", "integer", "Jobs that run or wait, at once; more are refused.")
            .takes("running_jobs", "integer", "Jobs that run, at once; more wait.")
            .takes("queued_jobs", "integer", "Jobs that wait because as many run as may; more are refused.")
            .takes("key_requests_per_minute", "integer", "Of each key, in place of the installation's number.")
            .takes("modalities", "object", "The numbers above again, by kind, as in {\"image\": {…}}.")
            .takes("models", "object", "The same by model; a * at the end stands for any letters.");

    private static final Form CHOICE = Form.object()
            .takes("plan", "string", "The plan's name; default is that of whoever is on no other.")
            .takes("open_jobs", "integer", "How many jobs it may have open, in place of what the plan says.")
            .takes("running_jobs", "integer", "How many of its jobs may run, in place of what the plan says.");

    /** The rooms that the routes call. */
    public record Rooms(
            Callers callers,
            Access access,
            Organizations organizations,
            JobSlots slots,
            LimitStandings standings,
            LimitBook book,
            Trail trail,
            Database database) {}

    private final Rooms rooms;

    public LimitsApi(Rooms rooms) {
        this.rooms = rooms;
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        Shape rules = new Shape("application/json", null);
        new Described(routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document)
                .on(
                        get("/api/v1/limits", "getLimits", "What may be used, and what is left of it now.")
                                .toAnyCaller()
                                .answers(200, json(LimitsBody.class)),
                        this::show)
                .on(
                        put("/api/v1/plans/{name}", "setPlan", "Sets the rules of a plan; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(RULES)
                                .answers(200, rules),
                        this::plan)
                .on(
                        put(
                                        "/api/v1/organizations/{id}/limits",
                                        "setOrganizationLimits",
                                        "Sets rules of one organization, which go over its plan's; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(RULES)
                                .answers(200, rules)
                                .fails(404),
                        this::organization)
                .on(
                        put(
                                        "/api/v1/organizations/{id}/plan",
                                        "setOrganizationPlan",
                                        "Puts one organization on a plan; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(CHOICE)
                                .answers(200, rules)
                                .fails(404),
                        this::choose)
                .on(
                        put("/api/v1/keys/{hash}/limits", "setKeyLimits", "Sets rules that narrow one key.")
                                .needs(Permission.MANAGE_KEYS)
                                .body(RULES)
                                .answers(200, rules)
                                .fails(404),
                        this::key);
    }

    private Response show(Request request) {
        Caller caller = rooms.callers().caller(request);
        // A person has no key of his own, and sees the limits of the organization alone.
        return Response.json(200, LimitsBody.of(rooms.standings().of(caller.organization(), caller.key())));
    }

    private Response plan(Request request) {
        Caller caller = rooms.callers().caller(request);
        LimitRules rules = rules(request);
        String name = request.pathParam("name");
        return set(rules, tx -> {
            rooms.book().setPlan(tx, name, rules);
            rooms.trail().write(tx, caller.actor(), "plan.set", "plan:" + name, facts(rules));
        });
    }

    private Response organization(Request request) {
        Caller caller = rooms.callers().caller(request);
        LimitRules rules = rules(request);
        OrganizationId id = named(request);
        return set(rules, tx -> {
            rooms.book().setOrganization(tx, id, rules);
            rooms.trail().write(tx, caller.actor().about(id), "limits.set", "organization:" + id, facts(rules));
        });
    }

    private Response choose(Request request) {
        Caller caller = rooms.callers().caller(request);
        PlanChoice choice =
                named(() -> PlanChoice.parse(Fields.of(request.body()).object()));
        OrganizationId id = named(request);
        return rooms.database().writer().write(id.text(), tx -> {
            rooms.slots().put(tx, id, choice);
            rooms.trail()
                    .write(
                            tx,
                            caller.actor().about(id),
                            "limits.plan",
                            "organization:" + id,
                            Map.of("choice", choice.body().toString()));
            return Response.json(200, choice.body());
        });
    }

    private OrganizationId named(Request request) {
        return OrganizationId.parse(request.pathParam("id"))
                .filter(named -> rooms.database()
                        .<Boolean>read(
                                tx -> rooms.organizations().find(tx, named).isPresent()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
    }

    private Response key(Request request) {
        Caller caller = rooms.callers().caller(request);
        LimitRules rules = rules(request);
        KeyId id = KeyId.parse(request.pathParam("hash"))
                .filter(named -> rooms.database()
                        .<Boolean>read(tx -> rooms.access()
                                .info(tx, caller.organization(), named)
                                .isPresent()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such key."));
        return set(rules, tx -> {
            rooms.book().setKey(tx, id, rules);
            rooms.trail().write(tx, caller.actor(), "limits.set", "key:" + id, facts(rules));
        });
    }

    private static LimitRules rules(Request request) {
        return named(() -> LimitRules.parse(Fields.of(request.body()).object()));
    }

    private Response set(LimitRules rules, Consumer<Tx> write) {
        return named(() -> rooms.database().writer().write("limits", tx -> {
            write.accept(tx);
            return Response.json(200, rules.body());
        }));
    }

    private static <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw Fields.wrong("body", "format", String.valueOf(e.getMessage()) + ".");
        }
    }

    private static Map<String, String> facts(LimitRules rules) {
        return Map.of("rules", rules.body().toString());
    }
}
