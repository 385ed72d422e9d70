package dev.millrace.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.util.List;

class HoldPlanTest {
    /** An index of what is open alone is full of what was open a moment ago: through it every end would cost more than the one before. */
    @OnBothDatabases
    void the_end_of_one_hold_never_goes_through_all_that_are_open(TestDatabase db) {
        for (String sql : List.of(HoldStore.SETTLE, HoldStore.CHARGE, HoldStore.RELEASE)) {
            assertThat(plan(db, sql.replace("?", "'1'"))).as(sql).doesNotContain("holds_open");
        }
    }

    private static String plan(TestDatabase db, String sql) {
        return db.writer()
                .<String>write(
                        "plan",
                        tx -> String.join(
                                "\n",
                                switch (tx.dialect()) {
                                    case SQLITE -> tx.list("explain query plan " + sql, row -> row.text("detail"));
                                    case POSTGRESQL -> tx.list("explain " + sql, row -> row.text("QUERY PLAN"));
                                }));
    }
}
