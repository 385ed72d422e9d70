package dev.millrace.audit;

import dev.millrace.db.Tx;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of what is newer than a moment. Every parameter in its texts is that moment.
 *
 * @param seen counts what is looked at
 * @param broken selects one row for each broken thing, with a column {@code what} that says what is wrong
 */
record SinceCheck(String id, String sentence, String seen, String broken, Instant since) implements Check {
    @Override
    public CheckResult run(Tx tx) {
        String all = "(" + broken + ") broken";
        long found = tx.count("select count(*) from " + all, args(broken));
        List<String> examples = found == 0
                ? List.of()
                : tx.list(
                        "select what from " + all + " order by what limit " + CheckResult.EXAMPLES_MAX,
                        row -> row.text("what"),
                        args(broken));
        return new CheckResult(id, sentence, tx.count(seen, args(seen)), found, examples);
    }

    private @Nullable Object[] args(String sql) {
        @Nullable
        Object[] moments = new @Nullable
                Object[Math.toIntExact(sql.chars().filter(c -> c == '?').count())];
        Arrays.fill(moments, since);
        return moments;
    }
}
