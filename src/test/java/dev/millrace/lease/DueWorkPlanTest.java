package dev.millrace.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Tx;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** With a hundred thousand rows a claim still reads a few: every step of it goes by an index, in the index's order. */
class DueWorkPlanTest {
    private static final String KIND = "job";
    private static final int ROWS = 100_000;
    private static final int AT_ONCE = 5_000;

    private final DueWork dueWork = new DueWork();

    @OnBothDatabases
    void no_step_scans_or_sorts(TestDatabase test) {
        for (int from = 0; from < ROWS; from += AT_ONCE) {
            addSome(test, from);
        }
        List<String> plans = test.writer()
                .write(
                        "x",
                        tx -> DueWork.statements(tx.dialect()).stream()
                                .map(sql -> plan(tx, sql))
                                .toList());
        assertThat(plans)
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContain("Seq Scan")
                        .doesNotContain("Sort")
                        .doesNotContain("SCAN due_work")
                        .doesNotContain("SCAN f")
                        .doesNotContain("SCAN b")
                        .doesNotContain("TEMP B-TREE"));
        List<Claim> claims =
                test.writer().write("x", tx -> dueWork.claim(tx, KIND, "node", 64, Duration.ofSeconds(30)));
        assertThat(claims).hasSize(64);
    }

    /** A lane keeps the plan that it made first, which may be from when the queue was empty. */
    @OnBothDatabases
    void what_was_picked_is_looked_up_by_its_key_also_by_a_plan_for_an_empty_queue(TestDatabase test) {
        List<String> plans = test.writer()
                .write(
                        "x",
                        tx -> DueWork.statements(tx.dialect()).stream()
                                .filter(sql -> sql.startsWith("with"))
                                .map(sql -> plan(tx, sql))
                                .toList());
        assertThat(plans)
                .hasSize(3)
                .allSatisfy(plan -> assertThat(plan)
                        .containsPattern("Index Cond: \\(\\(kind = \\w+\\.kind\\) AND \\(id = \\w+\\.id\\)\\)"
                                + "|SEARCH due_work USING COVERING INDEX \\S+ \\(kind=\\? AND id=\\?\\)"));
    }

    private void addSome(TestDatabase test, int from) {
        test.writer().write("x", tx -> {
            for (int i = from; i < from + AT_ONCE; i++) {
                dueWork.add(tx, KIND, "%06d".formatted(i), "part-" + i % 10, Instant.EPOCH);
            }
            return from;
        });
    }

    private static String plan(Tx tx, String sql) {
        String literal = sql.replace("?", "'1'");
        return switch (tx.dialect()) {
            case SQLITE -> lines(tx, "explain query plan " + literal, "detail");
            case POSTGRESQL -> lines(tx, "explain " + literal, "QUERY PLAN");
        };
    }

    private static String lines(Tx tx, String sql, String column) {
        return tx.list(sql, row -> row.text(column)).stream().collect(Collectors.joining("\n", sql + "\n", ""));
    }
}
