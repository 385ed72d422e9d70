package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.ModelStatus;
import dev.millrace.console.Area;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.jobs.Jobs;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The routes of the pages about models. */
public final class ModelPages {
    private static final int ALL = Integer.MAX_VALUE;
    private static final int QUERY_MAX = 100;
    private static final int RELATIVES = 8;

    private final Shelf shelf;
    private final Jobs jobs;
    private final Rates rates;
    private final Pages pages;

    public ModelPages(Shelf shelf, Jobs jobs, Rates rates, Pages pages) {
        this.shelf = shelf;
        this.jobs = jobs;
        this.rates = rates;
        this.pages = pages;
    }

    /** {@code GET /console/models}: query {@code q} (words) and {@code type} (a modality). */
    public Response list(Request request) {
        String query = words(request);
        Optional<Modality> type = request.query("type").flatMap(Modality::parse);
        List<Model> found = enabled(request, query);
        List<Model> shown = found.stream()
                .filter(model -> type.isEmpty() || model.modality() == type.get())
                .toList();
        ModelList list = new ModelList(
                query, type.map(Modality::wire).orElse(""), kinds(found, query), sections(shown), shown.size());
        return show(
                request,
                Content.of(
                        "models/list.jte",
                        "Models",
                        "Every model that this server offers, what it costs and how long it takes.",
                        Area.MODELS,
                        list));
    }

    /** {@code GET /console/models/{+id}}: an alias leads to the model's own page. */
    public Response one(Request request) {
        Model model = shelf.catalog()
                .find(request.pathParam("id"))
                .filter(found -> found.status() != ModelStatus.DISABLED)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.MODEL_NOT_FOUND,
                        "No model has this name. It may have been renamed, or the operator has taken it away."));
        if (!model.id().equals(request.pathParam("id"))) {
            return Response.empty(302).header("Location", "/console/models/" + model.id());
        }
        UnaryOperator<Model> priced = shelf.of(request);
        List<ModelCard> relatives = shelf.catalog().all().stream()
                .filter(other -> !other.id().equals(model.id())
                        && other.family().equals(model.family())
                        && other.status() == ModelStatus.ENABLED)
                .limit(RELATIVES)
                .map(priced)
                .map(other -> ModelCard.of(other, Times.of(other, jobs)))
                .toList();
        ModelView view = ModelView.of(
                priced.apply(model),
                Times.of(model, jobs),
                rates,
                request.baseUrl().toString(),
                relatives);
        return show(request, Content.of("models/one.jte", model.title(), model.description(), Area.MODELS, view));
    }

    /** {@code GET /console/prices}. */
    public Response prices(Request request) {
        List<Model> models = enabled(request, "");
        List<PriceTable.Section> sections = Arrays.stream(Modality.values())
                .map(kind -> new PriceTable.Section(
                        kind.wire(),
                        Words.kind(kind),
                        models.stream()
                                .filter(model -> model.modality() == kind)
                                .sorted(Comparator.comparing(Model::family, String.CASE_INSENSITIVE_ORDER))
                                .map(this::row)
                                .toList()))
                .filter(section -> !section.rows().isEmpty())
                .toList();
        return show(
                request,
                Content.of(
                        "models/prices.jte",
                        "Prices",
                        "What every model costs, in dollars and in credits.",
                        Area.PRICES,
                        new PriceTable(sections, models.size())));
    }

    private PriceTable.Row row(Model model) {
        return new PriceTable.Row(
                model.id(),
                model.title(),
                model.family(),
                PriceLine.of(model.prices(), model.modality(), rates),
                model.prices().body().path("source").asString(""),
                model.prices().body().path("date").asString(""));
    }

    /** What tells one customer's prices is not kept where another one may find it. */
    private Response show(Request request, Content content) {
        return shelf.asker(request).isPresent()
                ? pages.personal(request, 200, content, null)
                : pages.show(request, content);
    }

    private List<Model> enabled(Request request, String query) {
        return shelf.catalog().search(null, query, ALL).stream()
                .filter(model -> model.status() == ModelStatus.ENABLED)
                .map(shelf.of(request))
                .toList();
    }

    private static String words(Request request) {
        String query = request.query("q").orElse("").strip();
        return query.length() > QUERY_MAX ? query.substring(0, QUERY_MAX) : query;
    }

    private static List<ModelList.Kind> kinds(List<Model> found, String query) {
        List<ModelList.Kind> kinds = new ArrayList<>();
        kinds.add(new ModelList.Kind("", "All", found.size(), link("", query)));
        for (Modality modality : Modality.values()) {
            long count =
                    found.stream().filter(model -> model.modality() == modality).count();
            kinds.add(new ModelList.Kind(modality.wire(), Words.kind(modality), count, link(modality.wire(), query)));
        }
        return kinds;
    }

    private static String link(String type, String query) {
        String words = query.isEmpty() ? "" : "q=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        String kind = type.isEmpty() ? "" : "type=" + type;
        String both = Stream.of(kind, words)
                .filter(part -> !part.isEmpty())
                .reduce((a, b) -> a + "&" + b)
                .orElse("");
        return "/console/models" + (both.isEmpty() ? "" : "?" + both);
    }

    private List<ModelList.Section> sections(List<Model> models) {
        return Arrays.stream(Modality.values())
                .map(kind -> new ModelList.Section(
                        Words.kind(kind),
                        kind.wire(),
                        models.stream()
                                .filter(model -> model.modality() == kind)
                                .sorted(Comparator.comparing(Model::family, String.CASE_INSENSITIVE_ORDER))
                                .map(model -> ModelCard.of(model, Times.of(model, jobs)))
                                .toList()))
                .filter(section -> !section.models().isEmpty())
                .toList();
    }
}
