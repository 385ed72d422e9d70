package dev.millrace.api.apiframe;

import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Model ids as this dialect shows them: what an action runs on is a model of its own inside, and its family's here. */
final class ModelNames {
    private static final List<String> FAMILIES = List.of(MidjourneyActions.FAMILY, SunoActions.FAMILY);

    private ModelNames() {}

    static String shown(String model) {
        return FAMILIES.stream()
                .filter(family -> model.startsWith(family + "/"))
                .findFirst()
                .orElse(model);
    }

    /** Every model that is shown under this name. */
    static Set<String> behind(String shown, Catalog catalog) {
        return Stream.concat(Stream.of(shown), catalog.all().stream().map(Model::id))
                .filter(id -> shown(id).equals(shown))
                .collect(Collectors.toUnmodifiableSet());
    }
}
