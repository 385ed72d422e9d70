package dev.millrace.api.millrace;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;

/** Model discovery; public. */
final class ModelsRoutes {
    private final Catalog catalog;

    ModelsRoutes(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Query: {@code type} (a modality), {@code q} (words), {@code limit} (1 to 200). */
    Response list(Request request) {
        Optional<String> type = request.query("type");
        Modality modality = type.isEmpty() ? null : modality("type", type.get());
        int limit = Paging.limit(request);
        List<Model> found = catalog.search(modality, request.query("q").orElse(null), limit);
        return Response.json(200, PageBody.of(found.stream().map(ModelBody::of).toList(), null));
    }

    Response one(Request request) {
        String id = request.pathParam("id");
        Model model = catalog.find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MODEL_NOT_FOUND, "There is no such model; GET /api/v1/models lists them all."));
        return Response.json(200, ModelBody.of(model));
    }

    static Modality modality(String field, String wire) {
        return Modality.parse(wire)
                .orElseThrow(() -> Fields.wrong(field, "enum", "must be " + Modality.choices() + "."));
    }
}
