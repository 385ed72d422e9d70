package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.json.Json;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/models}: every model of the catalogue, of all kinds (contract B2). */
final class ModelsList {
    private final Access access;
    private final Catalog catalog;

    ModelsList(Access access, Catalog catalog) {
        this.access = access;
        this.catalog = catalog;
    }

    Response list(Request request) {
        var unused = access.enter(request);
        ObjectNode body = Json.object().put("object", "list");
        ArrayNode data = body.putArray("data");
        catalog.all().forEach(model -> data.add(body(model)));
        return Response.json(200, body);
    }

    Response one(Request request) {
        var unused = access.enter(request);
        String id = request.pathParam("id");
        return catalog.find(id)
                .map(model -> Response.json(200, body(model)))
                .orElseThrow(() -> absent(id).toException());
    }

    /** The catalogue does not know when a model was made; its prices say since when it stands as it does. */
    private static ObjectNode body(Model model) {
        LocalDate date = LocalDate.parse(model.prices().body().path("date").asString(""));
        return Json.object()
                .put("id", model.id())
                .put("object", "model")
                .put("created", date.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                .put("owned_by", model.ownedBy());
    }

    private Problem absent(String id) {
        List<String> near = catalog.suggestions(id);
        String hint = near.isEmpty() ? "GET /v1/models lists all." : "did you mean " + String.join(" or ", near) + "?";
        return Problem.field(
                ProblemCode.MODEL_NOT_FOUND, FieldError.of("model", "enum", "there is no such model; " + hint));
    }
}
