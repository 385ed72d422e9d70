package dev.millrace.api.millrace.models;

import dev.millrace.access.Access;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Jobs;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Model discovery and the price list; public. */
public final class ModelsRoutes {
    private static final int ALL = Integer.MAX_VALUE;
    private static final int PAGE_MAX = 1000;

    private final Access access;
    private final Catalog catalog;
    private final CustomerPrices prices;
    private final Jobs jobs;

    ModelsRoutes(Access access, Catalog catalog, CustomerPrices prices, Jobs jobs) {
        this.access = access;
        this.catalog = catalog;
        this.prices = prices;
        this.jobs = jobs;
    }

    /**
     * Query: {@code type} (a modality), {@code q} (words), {@code limit} (1 to 200; without it, all: the list has no pages). With {@code offset}, which
     * OpenRouter's clients send, the answer has OpenRouter's shape, and {@code limit} may be 1000.
     */
    Response list(Request request) {
        Optional<String> type = request.query("type");
        Modality modality = type.isEmpty() ? null : Fields.modality("type", type.get());
        if (request.query("offset").isPresent()) {
            return page(catalog, request, modality, asked(request));
        }
        int limit = request.query("limit").isPresent() ? Paging.limit(request) : Integer.MAX_VALUE;
        List<Model> found = catalog.search(modality, request.query("q").orElse(null), limit);
        UnaryOperator<Model> shown = asked(request);
        return Response.json(
                200,
                PageBody.of(
                        found.stream()
                                .map(shown)
                                .map(model -> ModelBody.of(model, typical(model)))
                                .toList(),
                        null));
    }

    /**
     * The models in OpenRouter's envelope: query {@code offset}, {@code limit}, {@code q}, {@code output_modalities}.
     *
     * @param priced gives a model the prices of whoever asks
     */
    public static Response page(
            Catalog catalog, Request request, @Nullable Modality modality, UnaryOperator<Model> priced) {
        int offset = number(request, "offset", 0, 0, 1_000_000);
        int limit = number(request, "limit", 500, 1, PAGE_MAX);
        List<Model> found = catalog.search(modality, request.query("q").orElse(null), ALL).stream()
                .filter(model -> makes(request, model))
                .toList();
        List<OpenRouterModelBody> shown = found.stream()
                .skip(offset)
                .limit(limit)
                .map(priced)
                .map(OpenRouterModelBody::of)
                .toList();
        int next = offset + shown.size();
        String link = next < found.size() ? "/api/v1/models?offset=" + next + "&limit=" + limit : null;
        return Response.json(200, new ModelPageBody(shown, new ModelPageBody.LinksBody(link), found.size()));
    }

    private static boolean makes(Request request, Model model) {
        Optional<String> wanted = request.query("output_modalities").filter(text -> !text.equals("all"));
        return wanted.isEmpty()
                || Arrays.asList(wanted.get().split(",", -1)).contains(ArchitectureBody.output(model.modality()));
    }

    /** Everything that a page about one model shows. */
    Response one(Request request) {
        Model model = asked(request).apply(found(catalog, request.pathParam("id")));
        return Response.json(200, ModelBody.page(model, typical(model)));
    }

    /** Query: {@code type} and {@code q}; every model, in the order of the ids. */
    Response prices(Request request) {
        Optional<String> type = request.query("type");
        Modality modality = type.isEmpty() ? null : Fields.modality("type", type.get());
        List<Model> found = catalog.search(modality, request.query("q").orElse(null), ALL);
        return Response.json(
                200,
                PageBody.of(
                        found.stream().map(asked(request)).map(PriceBody::of).toList(), null));
    }

    /** Gives a model the prices of whoever asks. */
    private UnaryOperator<Model> asked(Request request) {
        OrganizationId asker = access.asker(request).orElse(null);
        return model -> prices.shown(model, asker);
    }

    private Duration typical(Model model) {
        return jobs.typicalDuration(model.id()).orElse(model.typical());
    }

    /** @throws ProblemException {@code MODEL_NOT_FOUND} */
    public static Model found(Catalog catalog, String id) {
        return catalog.find(id)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MODEL_NOT_FOUND, "There is no such model; GET /api/v1/models lists them all."));
    }

    private static int number(Request request, String name, int otherwise, int least, int most) {
        String text = request.query(name).orElse(Integer.toString(otherwise));
        int number = text.matches("[0-9]{1,7}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            throw Fields.wrong(name, "value", "must be a whole number from " + least + " to " + most + ".");
        }
        return number;
    }
}
