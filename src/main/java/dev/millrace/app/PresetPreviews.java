package dev.millrace.app;

import dev.millrace.presets.Preset;
import dev.millrace.presets.Presets;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Small pictures of presets, painted when they are first looked at; open to everybody, as the lists' links to them are. */
final class PresetPreviews {
    private static final String ENDING = ".jpg";

    private final Presets presets;
    private final Function<Preset, byte[]> painter;
    private final Map<String, byte[]> painted = new ConcurrentHashMap<>();

    PresetPreviews(Presets presets, Function<Preset, byte[]> painter) {
        this.presets = presets;
        this.painter = painter;
    }

    void addTo(Routes.Group group) {
        group.needing(RouteInfo.ANYONE).get("/previews/{file}", this::show);
    }

    private Response show(Request request) {
        String file = request.pathParam("file");
        Preset preset = Optional.of(file)
                .filter(name -> name.endsWith(ENDING))
                .flatMap(name -> presets.find(name.substring(0, name.length() - ENDING.length())))
                .filter(found -> !found.words().isEmpty())
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such preview."));
        byte[] bytes = painted.computeIfAbsent(preset.id(), id -> painter.apply(preset));
        return Response.bytes(200, "image/jpeg", bytes).header("Cache-Control", "public, max-age=86400");
    }
}
