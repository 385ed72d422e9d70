package dev.millrace.api.millrace.prices;

import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.models.ModelsRoutes;
import dev.millrace.api.millrace.models.PriceBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.prices.PriceBodies.RemovedBody;
import dev.millrace.api.millrace.prices.PriceBodies.TermBody;
import dev.millrace.api.millrace.prices.PriceBodies.VersionBody;
import dev.millrace.billing.PriceDesk;
import dev.millrace.billing.PriceTerm;
import dev.millrace.catalog.Model;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.function.Function;

/** Markups and minimums, what an organization pays by them, and the versions of price lists. */
final class TermRoutes {
    private static final String LANE = "prices";

    private final PricesApi.Rooms rooms;
    private final PriceDesk desk;

    TermRoutes(PricesApi.Rooms rooms) {
        this.rooms = rooms;
        this.desk = rooms.desk();
    }

    Response list(Request request) {
        var unused = rooms.access().enter(request);
        return Response.json(
                200,
                PageBody.of(
                        rooms.database().read(desk::all).stream()
                                .map(TermBody::of)
                                .toList(),
                        null));
    }

    Response setMarkup(Request request) {
        return set(request, PriceTerm.Kind.MARKUP, PricesApi.MARKUP, "factor");
    }

    Response setMinimum(Request request) {
        return set(request, PriceTerm.Kind.MINIMUM, PricesApi.MINIMUM, "usd");
    }

    private Response set(Request request, PriceTerm.Kind kind, Form form, String field) {
        Principal principal = rooms.access().enter(request);
        Fields body = Fields.of(request.body()).only(form.names(), "");
        String scope = body.textOrNull("of");
        String subject = body.text("for");
        String value = body.text(field);
        return named(tx -> {
            PriceTerm term = PriceTerm.of(kind, subject, scope == null ? "" : scope, value);
            desk.set(tx, principal.actor(request.remoteAddress()), term);
            return Response.json(200, TermBody.of(term));
        });
    }

    Response removeMarkup(Request request) {
        return remove(request, PriceTerm.Kind.MARKUP);
    }

    Response removeMinimum(Request request) {
        return remove(request, PriceTerm.Kind.MINIMUM);
    }

    private Response remove(Request request, PriceTerm.Kind kind) {
        Principal principal = rooms.access().enter(request);
        String subject = request.query("for").orElse("");
        String scope = request.query("of").orElse("");
        return named(tx -> {
            boolean removed = desk.remove(tx, principal.actor(request.remoteAddress()), kind, subject, scope);
            return Response.json(200, new RemovedBody("price.term", removed));
        });
    }

    /** Query: {@code model}. */
    Response versions(Request request) {
        var unused = rooms.access().enter(request);
        String model = ModelsRoutes.found(
                        desk.catalog(),
                        request.query("model")
                                .orElseThrow(() -> Fields.wrong("model", "required", "is missing: the id of a model.")))
                .id();
        return Response.json(
                200,
                PageBody.of(
                        rooms.database().read(tx -> rooms.versions().of(tx, model)).stream()
                                .map(VersionBody::of)
                                .toList(),
                        null));
    }

    /** Query: {@code q} (words), {@code model} (an id). */
    Response ofOrganization(Request request) {
        var unused = rooms.access().enter(request);
        OrganizationId organization = OrganizationId.parse(request.pathParam("id"))
                .filter(named -> rooms.database()
                        .<Boolean>read(
                                tx -> desk.organizations().find(tx, named).isPresent()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
        List<Model> models = request.query("model")
                .map(id -> List.of(ModelsRoutes.found(desk.catalog(), id)))
                .orElseGet(() -> desk.catalog().search(null, request.query("q").orElse(null), Integer.MAX_VALUE));
        return Response.json(
                200,
                PageBody.of(
                        models.stream()
                                .map(model -> PriceBody.of(desk.terms().shown(model, organization)))
                                .toList(),
                        null));
    }

    private Response named(Function<Tx, Response> work) {
        try {
            return rooms.database().writer().write(LANE, work::apply);
        } catch (IllegalArgumentException wrong) {
            String message = String.valueOf(wrong.getMessage());
            throw Fields.wrong(field(message), "format", message + ".");
        }
    }

    /** The messages name the field that they are about. */
    private static String field(String message) {
        if (message.contains("\"for\"")) {
            return "for";
        }
        if (message.contains("\"of\"")) {
            return "of";
        }
        return message.contains("markup") ? "factor" : "usd";
    }
}
