package dev.millrace.api.apiframe;

import static java.util.Objects.requireNonNull;

import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedMedia;
import dev.millrace.admission.Ask;
import dev.millrace.admission.InputUrls;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The two routes that act on a finished job: the parent's outputs become the inputs of a new one. */
final class Actions {
    private static final String ACTION = "action";
    private static final String SANDBOX = "sandbox";

    private final Acceptances acceptances;
    private final Admission admission;
    private final Catalog catalog;
    private final InputUrls urls;

    Actions(Acceptances acceptances, Admission admission, Catalog catalog, InputUrls urls) {
        this.acceptances = acceptances;
        this.admission = admission;
        this.catalog = catalog;
        this.urls = urls;
    }

    /** The actions on the jobs of one model. */
    interface Family {
        /** The model, and the first part of the names of its actions' models. */
        String name();

        /** The schema of the body by the action. */
        Map<String, String> schemas();

        /** What that model is given, for a body that keeps its schema. */
        ObjectNode parameters(String action, ObjectNode body, Principal principal, URI base);
    }

    Response submit(String path, Family family, Request request) {
        return acceptances.answer(
                request,
                "POST " + path,
                (principal, body) -> new Acceptances.Taken(admit(family, principal, body, request.baseUrl()), null));
    }

    private AdmittedMedia admit(Family family, Principal principal, ObjectNode body, URI base) {
        String action = action(family, body.path(ACTION));
        ObjectNode checked = Schemas.checked(requireNonNull(family.schemas().get(action)), body);
        ObjectNode parameters = family.parameters(action, checked, principal, base);
        MidjourneyActions.copy(body, SANDBOX, parameters, SANDBOX);
        AdmittedMedia admitted = admission.admit(
                new Ask(principal, Offer.DIALECT, model(family, action), null, parameters, UnknownFields.REJECT, null));
        urls.check(admitted);
        return admitted;
    }

    /** An action runs on the model of the catalogue that says so. */
    private String model(Family family, String action) {
        return catalog.all().stream()
                .filter(model -> ModelNames.shown(model.id()).equals(family.name()))
                .filter(model -> action.equals(model.dialect(Offer.DIALECT).get(ACTION)))
                .map(Model::id)
                .findFirst()
                .orElse(family.name() + "/" + action);
    }

    private static String action(Family family, JsonNode action) {
        if (action.isString() && family.schemas().containsKey(action.stringValue())) {
            return action.stringValue();
        }
        String rule = action.isMissingNode() ? "required" : "enum";
        String message = "must be one of "
                + String.join(", ", family.schemas().keySet().stream().sorted().toList()) + ".";
        throw Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(ACTION, rule, message))
                .toException();
    }
}
