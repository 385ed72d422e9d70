package dev.millrace.privacy;

import java.util.List;
import java.util.stream.Stream;

/**
 * Every table of the database, with what in it belongs to whom. An archive and an erasure go through it in this order; a test holds it
 * against the schema, so that a table or a column that nobody has thought about fails the build.
 */
final class Inventory {
    /** What every table of an installation is. */
    static final List<Entry> ALL = Stream.of(
                    PeopleTables.ALL, OrganizationTables.ALL, MoneyTables.ALL, JobTables.ALL, OtherTables.ALL)
            .flatMap(List::stream)
            .toList();

    private Inventory() {}

    /** The table of this name. */
    static Entry table(String name) {
        return ALL.stream()
                .filter(entry -> entry.table().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the inventory has no table " + name));
    }
}
