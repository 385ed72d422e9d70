package dev.millrace.usage;

import dev.millrace.db.Row;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One column for each unit, named as on the wire, in the units' own order. */
final class UnitColumns {
    private static final List<Unit> UNITS = List.of(Unit.values());

    private UnitColumns() {}

    static String names() {
        return joined(Unit::wire);
    }

    static String joined(Function<Unit, String> text) {
        return UNITS.stream().map(text).collect(Collectors.joining(", "));
    }

    static List<Long> values(Units units) {
        return Arrays.stream(Unit.values()).map(units::get).toList();
    }

    static Units read(Row row) {
        Units units = Units.NONE;
        for (Unit unit : UNITS) {
            long quantity = row.number(unit.wire());
            units = quantity == 0 ? units : units.with(unit, quantity);
        }
        return units;
    }
}
