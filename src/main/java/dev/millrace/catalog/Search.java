package dev.millrace.catalog;

import dev.millrace.config.Suggestion;
import dev.millrace.meter.Modality;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds models by words, and those that a mistyped id may have meant. */
final class Search {
    private static final int SUGGESTIONS = 3;
    private static final int LENGTH_MAX = 128;
    private static final int FRAGMENT_MIN = 3;

    private Search() {}

    static List<Model> find(Collection<Model> models, @Nullable Modality modality, @Nullable String query, int limit) {
        List<String> words = query == null
                ? List.of()
                : List.of(query.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        return models.stream()
                .filter(model -> modality == null || model.modality() == modality)
                .filter(model -> words.stream().allMatch(text(model)::contains))
                .limit(Math.max(limit, 0))
                .toList();
    }

    private static String text(Model model) {
        return String.join(
                        "\n",
                        model.id(),
                        String.join("\n", model.aliases()),
                        model.title(),
                        model.description(),
                        model.ownedBy())
                .toLowerCase(Locale.ROOT);
    }

    private record Near(String id, boolean part, int distance) {}

    static List<String> suggestions(Collection<Model> models, String unknown) {
        if (unknown.isBlank() || unknown.length() > LENGTH_MAX) {
            return List.of();
        }
        String wanted = unknown.strip().toLowerCase(Locale.ROOT);
        int farthest = Math.max(2, wanted.length() / 4);
        return models.stream()
                .filter(model -> model.status() == ModelStatus.ENABLED)
                .flatMap(model -> Stream.concat(Stream.of(model.id()), model.aliases().stream())
                        .map(name -> near(model, name, wanted)))
                .filter(near -> near.part() || near.distance() <= farthest)
                .sorted(Comparator.comparing((Near near) -> !near.part())
                        .thenComparing(Near::distance)
                        .thenComparing(Near::id))
                .map(Near::id)
                .distinct()
                .limit(SUGGESTIONS)
                .toList();
    }

    private static Near near(Model model, String name, String wanted) {
        boolean part = wanted.length() >= FRAGMENT_MIN && (name.contains(wanted) || wanted.contains(name));
        return new Near(model.id(), part, Suggestion.distance(wanted, name));
    }
}
