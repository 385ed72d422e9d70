package dev.millrace.audit;

import dev.millrace.db.Tx;
import java.util.List;

/**
 * A check that one query decides.
 *
 * @param seen counts what is looked at
 * @param broken selects one row for each broken thing, with a column {@code what} that says what is wrong
 */
record SqlCheck(String id, String sentence, boolean atRestOnly, String seen, String broken) implements Check {
    SqlCheck(String id, String sentence, String seen, String broken) {
        this(id, sentence, false, seen, broken);
    }

    @Override
    public CheckResult run(Tx tx) {
        long found = tx.count("select count(*) from (" + broken + ") broken");
        List<String> examples = found == 0
                ? List.of()
                : tx.list(
                        "select what from (" + broken + ") broken order by what limit ?",
                        row -> row.text("what"),
                        CheckResult.EXAMPLES_MAX);
        return new CheckResult(id, sentence, tx.count(seen), found, examples);
    }
}
