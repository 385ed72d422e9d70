package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path folder;

    @Test
    void what_was_written_is_read() {
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl("sqlite:" + folder.resolve("x.db"));
        try (Database database = Database.open(settings, InstantSource.system(), new SimpleMeterRegistry())) {
            database.writer().write("x", tx -> tx.update("create table t (id text primary key, n bigint not null)"));
            database.writer().write("x", tx -> tx.update("insert into t (id, n) values (?, ?)", "a", 7L));
            assertThat(database.<Long>read(tx -> tx.count("select n from t where id = ?", "a")))
                    .isEqualTo(7);
        }
    }
}
