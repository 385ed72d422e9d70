package dev.millrace.privacy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One table of the inventory.
 *
 * @param holds what a row is, in words
 * @param key the columns of its primary key, as SQL lists them
 * @param organization what of it is an organization's; null for nothing
 * @param person what of it is a person's; null for nothing
 * @param nobodys why it is nobody's; empty where it is somebody's
 */
record Entry(
        String table,
        String holds,
        String key,
        List<Column> columns,
        @Nullable Rule organization,
        @Nullable Rule person,
        String nobodys) {
    static Entry table(String table, String holds, String key, String columns) {
        return new Entry(table, holds, key, Column.list(columns), null, null, "");
    }

    Entry organization(Rule rule) {
        return new Entry(table, holds, key, columns, rule, person, nobodys);
    }

    Entry person(Rule rule) {
        return new Entry(table, holds, key, columns, organization, rule, nobodys);
    }

    Entry nobodys(String why) {
        return new Entry(table, holds, key, columns, organization, person, why);
    }

    Optional<Rule> of(Subject subject) {
        return Optional.ofNullable(
                switch (subject) {
                    case Subject.OfOrganization organizations -> organization;
                    case Subject.OfPerson persons -> person;
                });
    }
}
