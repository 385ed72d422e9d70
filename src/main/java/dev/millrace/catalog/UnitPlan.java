package dev.millrace.catalog;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where the quantities come from that a request of a model makes.
 *
 * @param outputs where the number of files comes from; empty where it is the number of images or tracks, and otherwise one
 */
public record UnitPlan(List<UnitSource> sources, List<UnitSource> outputs) {
    static final UnitPlan NONE = new UnitPlan(List.of(), List.of());

    public UnitPlan {
        sources = List.copyOf(sources);
        outputs = List.copyOf(outputs);
    }

    /** The most that a request with these checked parameters makes of each unit. */
    Units planned(ObjectNode parameters) {
        return sum(parameters, source -> true);
    }

    /** What a request makes exactly: without quantities of which only an upper bound is known. */
    Units exact(ObjectNode parameters) {
        return sum(parameters, source -> !source.upperBound());
    }

    private Units sum(ObjectNode parameters, Predicate<UnitSource> wanted) {
        Units units = Units.NONE;
        for (UnitSource source : sources) {
            if (wanted.test(source)) {
                units = units.with(source.unit(), source.quantity(parameters));
            }
        }
        return units;
    }

    /** How many files a request with these checked parameters makes. */
    int outputs(ObjectNode parameters) {
        return Math.toIntExact(
                countedFiles().map(source -> source.quantity(parameters)).orElse(1L));
    }

    /** How many images, tracks or other files every request makes, as a caller counts them; 0 where a parameter says it. */
    long constantCount() {
        return Stream.concat(sources.stream().filter(UnitPlan::counted), outputs.stream())
                .findFirst()
                .map(source -> source.parameter() == null ? source.fallback().longValue() : 0)
                .orElse(1L);
    }

    private Optional<UnitSource> countedFiles() {
        return Stream.concat(outputs.stream(), sources.stream().filter(UnitPlan::counted))
                .findFirst();
    }

    private static boolean counted(UnitSource source) {
        return source.unit() == Unit.IMAGE || source.unit() == Unit.TRACK;
    }
}
