package dev.millrace.admission;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the model that a request names, if it takes requests and makes the right kind of thing. */
final class Models {
    private static final int SHOWN_MAX = 100;

    private final Catalog catalog;

    Models(Catalog catalog) {
        this.catalog = catalog;
    }

    Model language(String id) {
        return ofKind(open(id), Modality.LANGUAGE);
    }

    /** @param expected null for every kind but language */
    Model media(String id, @Nullable Modality expected) {
        Model model = open(id);
        if (expected != null) {
            return ofKind(model, expected);
        }
        if (model.modality() == Modality.LANGUAGE) {
            throw kind(model, "use it with messages.");
        }
        return model;
    }

    private static Model ofKind(Model model, Modality expected) {
        if (model.modality() != expected) {
            throw kind(model, "this request is for " + expected.wire() + ".");
        }
        return model;
    }

    private Model open(String id) {
        Model model = catalog.find(id).orElseThrow(() -> unknown(id));
        return switch (model.status()) {
            case ENABLED -> model;
            case BLOCKED ->
                throw new ProblemException(
                        ProblemCode.MODEL_BLOCKED,
                        "Model is temporarily blocked: " + model.id() + "; try another, or later.");
            case DISABLED ->
                throw new ProblemException(
                        ProblemCode.MODEL_DISABLED, "Model is disabled: " + model.id() + "; use another.");
        };
    }

    private ProblemException unknown(String id) {
        List<String> near = catalog.suggestions(id);
        String shown = id.length() <= SHOWN_MAX ? id : id.substring(0, SHOWN_MAX) + "…";
        String detail = "There is no model \"" + shown + "\""
                + (near.isEmpty()
                        ? "; the list of models names all."
                        : "; did you mean " + String.join(" or ", near) + "?");
        Problem problem = new Problem(
                ProblemCode.MODEL_NOT_FOUND,
                detail,
                List.of(FieldError.of("model", "enum", "is no model.")),
                near.isEmpty() ? Map.of() : Map.of("did_you_mean", String.join(", ", near)),
                null);
        return problem.toException();
    }

    private static ProblemException kind(Model model, String but) {
        String message = model.id() + " makes " + model.modality().wire() + "; " + but;
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of("model", "modality", message))
                .toException();
    }
}
