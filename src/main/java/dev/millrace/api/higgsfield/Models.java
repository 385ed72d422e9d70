package dev.millrace.api.higgsfield;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /models}: what the key may call, language models left out (contract 1.6). */
final class Models {
    private static final int LIMIT_MAX = 500;

    private final CredentialHeaders credentials;
    private final Catalog catalog;

    Models(CredentialHeaders credentials, Catalog catalog) {
        this.credentials = credentials;
        this.catalog = catalog;
    }

    Response list(Request request) {
        credentials.principal(request);
        int limit = Numbers.query(request, "limit", 1, LIMIT_MAX, LIMIT_MAX);
        int offset = Numbers.query(request, "offset", 0, Integer.MAX_VALUE, 0);
        boolean withSchema =
                request.query("include_schema").filter("true"::equals).isPresent();
        Optional<String> output = request.query("output_type");
        Optional<String> operation = request.query("operation_type");
        String search = request.query("search").orElse(null);
        List<Model> found = catalog.search(null, search, Integer.MAX_VALUE);
        List<ModelBody> items = found.stream()
                .filter(model -> model.modality() != Modality.LANGUAGE)
                .filter(model -> output.isEmpty() || output.get().equals(ModelBody.outputType(model.modality())))
                .filter(model -> operation.isEmpty() || model.operations().contains(operation.get()))
                .skip(offset)
                .limit(limit)
                .map(model -> ModelBody.of(model, withSchema))
                .toList();
        return Response.json(200, new ModelBody.PageBody(items));
    }
}
