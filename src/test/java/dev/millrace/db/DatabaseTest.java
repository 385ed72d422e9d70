package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.LocalPostgres;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final String LANE = "lane";

    @TempDir
    Path folder;

    private enum Colour {
        DEEP_RED
    }

    @OnBothDatabases
    void every_kind_of_value_comes_back_as_it_went_in(TestDatabase test) {
        test.writer()
                .write(
                        LANE,
                        tx -> tx.update("create table kinds (id text primary key, n bigint, s smallint, b bytea)"));
        String insert = "insert into kinds (id, n, s, b) values (?, ?, ?, ?)";
        Instant moment = Instant.parse("1969-12-31T23:59:59.123456Z");
        UUID uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
        test.writer().write(LANE, tx -> tx.update(insert, uuid, moment, true, new byte[] {0, -1}));
        test.writer().write(LANE, tx -> tx.update(insert, Colour.DEEP_RED, Money.usd("-0.000000001"), 7, null));
        test.writer().write(LANE, tx -> tx.update(insert, new OrganizationId(new UUID(0, 1)), null, false, null));

        String select = "select id, n, s, b from kinds where id = ?";
        test.database()
                .read(tx -> tx.one(select, DatabaseTest::assertFirst, uuid).orElseThrow());
        assertThat(test.database()
                        .<Money>read(tx -> tx.one(select, row -> row.money("n"), "deep_red")
                                .orElseThrow()))
                .isEqualTo(Money.ofNanos(-1));
        assertThat(test.database()
                        .<Boolean>read(tx -> tx.one(select, row -> row.flag("s"), new UUID(0, 1))
                                .orElseThrow()))
                .isFalse();
        assertThatThrownBy(() -> test.database().read(tx -> tx.one(select, row -> row.number("n"), new UUID(0, 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("column n is null");
    }

    private static boolean assertFirst(Row row) {
        assertThat(row.uuid("id")).isEqualTo(UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"));
        assertThat(row.instant("n")).isEqualTo(Instant.parse("1969-12-31T23:59:59.123456Z"));
        assertThat(row.flag("s")).isTrue();
        assertThat(row.bytes("b")).containsExactly(0, -1);
        return true;
    }

    @OnBothDatabases
    void a_read_may_not_write_and_sees_one_state(TestDatabase test) {
        Notes.create(test.database());
        assertThatThrownBy(() -> test.database().<Integer>read(tx -> tx.update("delete from note")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bug");
        List<Long> counts = test.database().read(tx -> {
            long before = tx.count("select count(*) from note");
            CompletableFuture.runAsync(() -> test.writer().write(LANE, other -> {
                        Notes.add(other, "new", 1);
                        return 1;
                    }))
                    .join();
            return List.of(before, tx.count("select count(*) from note"));
        });
        assertThat(counts).containsExactly(0L, 0L);
        assertThat(Notes.ids(test.database())).containsExactly("new");
    }

    @OnBothDatabases
    void the_database_tells_the_time_once_per_batch(TestDatabase test) {
        Instant first = test.writer().write(LANE, tx -> tx.now());
        assertThat(test.writer().<Boolean>write(LANE, tx -> tx.now().equals(tx.now())))
                .isTrue();
        test.letTimePass(Duration.ofMillis(5));
        assertThat(test.writer().<Instant>write(LANE, tx -> tx.now())).isAfterOrEqualTo(first.plusMillis(5));
    }

    @OnBothDatabases
    void what_was_written_is_there_after_a_restart(TestDatabase test) {
        Notes.create(test.database());
        test.writer().write(LANE, tx -> {
            Notes.add(tx, "kept", 1);
            return 1;
        });
        assertThat(Notes.ids(test.reopen())).containsExactly("kept");
    }

    @Test
    void a_file_that_another_process_uses_is_one_clear_line() {
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl("sqlite:" + folder.resolve("one.db"));
        open(settings).close();
        Database holder = open(settings);
        assertThatThrownBy(() -> open(settings))
                .isInstanceOf(DatabaseOpenException.class)
                .hasMessageContaining("in use by another Millrace process");
        holder.close();
        open(settings).close();
    }

    @Test
    void a_foreign_lock_on_the_file_is_a_truthful_unavailable_and_passes_with_it() throws Exception {
        Path file = folder.resolve("locked.db");
        try (Database database = open(DatabaseSettings.DEFAULTS.withUrl("sqlite:" + file));
                Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = foreign.createStatement()) {
            Notes.create(database);
            statement.execute("begin immediate");
            assertThatThrownBy(() -> database.writer().<Integer>write(LANE, tx -> note(tx, "refused")))
                    .isInstanceOfSatisfying(ProblemException.class, WriterTest::isOutage);
            statement.execute("rollback");
            database.writer().write(LANE, tx -> note(tx, "taken"));
            assertThat(Notes.ids(database)).containsExactly("taken");
        }
    }

    @Test
    void a_statement_that_is_called_wrongly_is_a_bug_and_no_outage() {
        try (TestDatabase test = TestDatabase.sqlite()) {
            Notes.create(test.database());
            assertThatThrownBy(() -> test.writer().<Integer>write(LANE, tx -> tx.update("delete from nothing")))
                    .isInstanceOf(DatabaseException.class);
        }
    }

    private static int note(Tx tx, String id) {
        Notes.add(tx, id, 1);
        return 1;
    }

    @Test
    void the_file_is_its_owners_alone() throws Exception {
        Path file = folder.resolve("new/folder/private.db");
        try (Database database = open(DatabaseSettings.DEFAULTS.withUrl("sqlite:" + file))) {
            Notes.create(database);
            for (String name : List.of("private.db", "private.db-wal", "private.db-shm")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void what_is_no_database_is_one_clear_line() throws Exception {
        Path text = Files.writeString(folder.resolve("text.db"), "this is not a database, it is a text. ".repeat(100));
        assertThatThrownBy(() -> open(DatabaseSettings.DEFAULTS.withUrl("sqlite:" + text)))
                .isInstanceOf(DatabaseOpenException.class)
                .hasMessageContaining("not a database");
        assertThatThrownBy(() -> open(DatabaseSettings.DEFAULTS.withUrl("mysql://localhost/x")))
                .isInstanceOf(DatabaseOpenException.class)
                .hasMessageContaining("database.url");
        assertThatThrownBy(() -> open(DatabaseSettings.DEFAULTS.withUrl("jdbc:postgresql://127.0.0.1:1/x?user=y")))
                .isInstanceOf(DatabaseOpenException.class)
                .hasMessageContaining("refused");
    }

    @Test
    void three_nodes_that_start_at_once_on_an_empty_database_migrate_it_once() throws Exception {
        LocalPostgres server = LocalPostgres.shared();
        String name = server.createDatabase();
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl(server.url(name));
        try (var threads = Executors.newFixedThreadPool(3)) {
            List<Database> nodes = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> open(settings), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
            long twice = nodes.getFirst()
                    .<Long>read(tx -> tx.count(
                            "select count(*) - count(distinct version) from flyway_schema_history where success"));
            assertThat(twice).isZero();
            nodes.forEach(node -> assertThat(node.<Long>read(tx -> tx.count("select count(*) from due_work")))
                    .isZero());
            nodes.forEach(Database::close);
        }
        server.dropDatabase(name);
    }

    @OnBothDatabases
    void of_many_readers_none_waits_in_vain(TestDatabase test) {
        List<CompletableFuture<Long>> sums = IntStream.range(0, 100)
                .mapToObj(reader -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 100)
                                .mapToLong(i -> test.database().<Long>read(tx -> tx.count("select 1 as one")))
                                .sum(),
                        Thread::startVirtualThread))
                .toList();
        assertThat(sums.stream().map(CompletableFuture::join)).containsOnly(100L);
    }

    @Test
    void both_spellings_of_a_postgres_address_are_taken() {
        assertThat(PostgresUrl.jdbc("jdbc:postgresql://h/db?user=u")).isEqualTo("jdbc:postgresql://h/db?user=u");
        assertThat(PostgresUrl.jdbc("postgres://u:p%40@h:5433/db?sslmode=require"))
                .isEqualTo("jdbc:postgresql://h:5433/db?sslmode=require&user=u&password=p%40");
        assertThat(PostgresUrl.jdbc("postgresql://h/db")).isEqualTo("jdbc:postgresql://h/db");
    }

    private static Database open(DatabaseSettings settings) {
        return Database.open(settings, new TestingClock(), new Random(1), new SimpleMeterRegistry());
    }
}
