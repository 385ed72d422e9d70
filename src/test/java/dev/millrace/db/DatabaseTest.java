package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;

class DatabaseTest {
    @OnBothDatabases
    void what_was_written_is_read(TestDatabase test) {
        test.writer().write("x", tx -> tx.update("create table t (id text primary key, n bigint not null)"));
        test.writer().write("x", tx -> tx.update("insert into t (id, n) values (?, ?)", "a", 7L));
        assertThat(test.database().<Long>read(tx -> tx.count("select n from t where id = ?", "a")))
                .isEqualTo(7);
    }
}
