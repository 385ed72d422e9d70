package dev.millrace.privacy;

import org.jspecify.annotations.Nullable;

/**
 * What of a table belongs to somebody, and what becomes of it.
 *
 * @param where the condition of SQL that finds the rows: {@code :id} stands for the id, {@code :email} for a person's address, and {@code
 *     :account} for what attempts to sign in to it are counted under
 * @param exported whether the rows are in the archive
 * @param shown what the archive shows in place of the table's own columns; null for these
 */
record Rule(String where, boolean exported, @Nullable Shown shown, Fate fate) {
    /**
     * Columns of a query of its own.
     *
     * @param columns as {@link Column#list} reads them
     * @param select the query, which names them and uses {@code :id}
     */
    record Shown(String columns, String select) {}

    /** Letters that wait to be sent on somebody's behalf. */
    static final String LETTERS = "id in (select w.id from due_work w where w.kind = 'mail' and w.part = :id)";

    /** Rows that are found so, are not in the archive, and go. */
    static Rule where(String condition) {
        return new Rule(condition, false, null, new Fate.Deleted());
    }

    Rule inArchive() {
        return new Rule(where, true, shown, fate);
    }

    Rule inArchiveAs(String columns, String select) {
        return new Rule(where, true, new Shown(columns, select), fate);
    }

    Rule blanked(String set, String why) {
        return new Rule(where, exported, shown, new Fate.Blanked(set, why));
    }

    Rule kept(String why) {
        return new Rule(where, exported, shown, new Fate.Kept(why));
    }
}
