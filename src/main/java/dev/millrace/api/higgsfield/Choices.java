package dev.millrace.api.higgsfield;

import dev.millrace.catalog.Catalog;
import dev.millrace.presets.Preset;
import dev.millrace.presets.PresetList;
import dev.millrace.presets.Presets;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The helper lists: motions and styles of v1, and what models have to choose from (contract 1.6 and 1.8). */
final class Choices {
    private static final int SIZE = 50;
    private static final int SIZE_MAX = 100;
    private static final List<String> SUFFIXES = List.of("/presets", "/options");

    private final CredentialHeaders credentials;
    private final Catalog catalog;
    private final Presets presets;

    Choices(CredentialHeaders credentials, Catalog catalog, Presets presets) {
        this.credentials = credentials;
        this.catalog = catalog;
        this.presets = presets;
    }

    /** {@code GET /v1/motions}. */
    Response motions(Request request) {
        credentials.principal(request);
        return Response.json(
                200, list(Presets.MOTIONS).stream().map(PresetBody::motion).toList());
    }

    /** {@code GET /v1/text2image/soul-styles}. */
    Response styles(Request request) {
        credentials.principal(request);
        return Response.json(200, bodies(request, list(Presets.STYLES)));
    }

    /** {@code GET /models/{slug}/presets} and {@code …/options}. */
    Response ofModel(Request request) {
        credentials.principal(request);
        String path = request.pathParam("path");
        String slug = SUFFIXES.stream()
                .filter(path::endsWith)
                .map(suffix -> path.substring(0, path.length() - suffix.length()))
                .findFirst()
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "Not found"));
        List<Preset> found = presets.ofModel(slug);
        if (found.isEmpty() && catalog.find(slug).isEmpty()) {
            throw new ProblemException(ProblemCode.MODEL_NOT_FOUND, "There is no such model.");
        }
        return Response.json(200, new PresetBody.ItemsBody(bodies(request, found)));
    }

    /** {@code GET /marketing-studio/image/presets}, by pages. */
    Response marketing(Request request) {
        credentials.principal(request);
        List<Preset> all = presets.ofModel("marketing-studio/image");
        int size = Numbers.query(request, "size", 1, SIZE_MAX, SIZE);
        int from = after(all, request.query("cursor"));
        int to = Math.min(all.size(), from + size);
        String next = to < all.size() ? all.get(to - 1).id() : null;
        return Response.json(200, new PresetBody.PageBody(all.size(), next, bodies(request, all.subList(from, to))));
    }

    private static int after(List<Preset> all, Optional<String> cursor) {
        if (cursor.isEmpty() || cursor.get().isEmpty()) {
            return 0;
        }
        return 1
                + IntStream.range(0, all.size())
                        .filter(place -> all.get(place).id().equals(cursor.get()))
                        .findFirst()
                        .orElseThrow(() -> Problem.parameter("cursor", "is none that a page here ended with.")
                                .toException());
    }

    private List<Preset> list(String name) {
        return presets.list(name).map(PresetList::items).orElse(List.of());
    }

    private static List<PresetBody> bodies(Request request, List<Preset> found) {
        String base = request.baseUrl().toString();
        return found.stream().map(preset -> PresetBody.of(preset, base)).toList();
    }
}
