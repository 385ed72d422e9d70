package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.api.apiframe.Acceptances.Taken;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The eight routes whose body names a model (contract 1.1). */
final class Submissions {
    /** What is looked at before it is accepted (contract section 2): a file that can not be had costs nothing. */
    private static final Set<Operation> PROBED =
            EnumSet.of(Operation.IMAGES_UPSCALE, Operation.VIDEOS_UPSCALE, Operation.VIDEOS_EDIT);

    private final Acceptances acceptances;
    private final Admission admission;
    private final Catalog catalog;
    private final InputUrls urls;
    private final References references;

    Submissions(Acceptances acceptances, Admission admission, Catalog catalog, InputUrls urls, References references) {
        this.acceptances = acceptances;
        this.admission = admission;
        this.catalog = catalog;
        this.urls = urls;
        this.references = references;
    }

    Response submit(Operation operation, Request request) {
        return acceptances.answer(
                request, "POST " + operation.path(), (principal, body) -> admit(operation, principal, body, request));
    }

    private Taken admit(Operation operation, Principal principal, ObjectNode body, Request request) {
        Offer offer = offer(operation, body);
        ModelRequest asked = new ModelRequest(offer, body);
        ObjectNode parameters = asked.parameters();
        try {
            references.resolve(offer.model(), parameters, principal, request.baseUrl());
            AdmittedMedia admitted = admission.admit(new Ask(
                    principal, Offer.DIALECT, offer.model().id(), null, parameters, UnknownFields.REJECT, null));
            urls.check(admitted);
            return new Taken(admitted, PROBED.contains(operation) ? urls.probe(admitted) : null);
        } catch (ProblemException e) {
            throw asked.folded(e.problem()).toException();
        }
    }

    private Offer offer(Operation operation, ObjectNode body) {
        JsonNode name = body.path(ModelRequest.MODEL);
        if (!name.isString()) {
            throw wrongModel(name.isMissingNode() ? "required" : "type", "is required: the id of a model.");
        }
        Model model = catalog.find(name.stringValue()).orElseThrow(() -> unknown(name.stringValue()));
        Offer offer = Offer.of(model).orElseThrow(() -> unknown(model.id()));
        if (offer.operation() != operation) {
            throw wrongModel(
                    "enum",
                    "is not for this route; send it to POST "
                            + offer.operation().path() + ".");
        }
        return offer;
    }

    private ProblemException unknown(String id) {
        var near = catalog.suggestions(id);
        return wrongModel(
                "enum",
                "is no model"
                        + (near.isEmpty()
                                ? "; GET /v2/models names all."
                                : "; did you mean " + String.join(" or ", near) + "?"));
    }

    private static ProblemException wrongModel(String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(ModelRequest.MODEL, rule, message))
                .toException();
    }
}
