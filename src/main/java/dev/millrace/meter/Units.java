package dev.millrace.meter;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Quantities by unit; a unit that is absent counts zero. Immutable. */
public final class Units {
    public static final Units NONE = new Units(new EnumMap<>(Unit.class));

    private final EnumMap<Unit, Long> quantities;

    private Units(EnumMap<Unit, Long> quantities) {
        this.quantities = quantities;
    }

    public static Units of(Unit unit, long quantity) {
        return NONE.with(unit, quantity);
    }

    /** These quantities with one of them set; zero takes it out. */
    public Units with(Unit unit, long quantity) {
        if (quantity < 0) {
            throw new IllegalArgumentException("a quantity of " + unit.wire() + " can not be negative");
        }
        EnumMap<Unit, Long> copy = new EnumMap<>(quantities);
        if (quantity == 0) {
            copy.remove(unit);
        } else {
            copy.put(unit, quantity);
        }
        return new Units(copy);
    }

    public long get(Unit unit) {
        Long quantity = quantities.get(unit);
        return quantity == null ? 0 : quantity;
    }

    public boolean isEmpty() {
        return quantities.isEmpty();
    }

    /** The quantities that are above zero. */
    public Map<Unit, Long> asMap() {
        return Map.copyOf(quantities);
    }

    /** The quantities above zero by wire name, in alphabetical order: the form that is stored and shown. */
    public Map<String, Long> byWireName() {
        Map<String, Long> named = new TreeMap<>();
        quantities.forEach((unit, quantity) -> named.put(unit.wire(), quantity));
        return named;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Units units && units.quantities.equals(quantities);
    }

    @Override
    public int hashCode() {
        return quantities.hashCode();
    }

    @Override
    public String toString() {
        return byWireName().toString();
    }
}
