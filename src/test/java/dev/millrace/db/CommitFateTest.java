package dev.millrace.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.Await;
import dev.millrace.testkit.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What PostgreSQL says of a transaction whose COMMIT was not answered, and what is believed of it. */
class CommitFateTest {
    private static final int LANE = 7;

    @Test
    void a_number_is_believed_until_the_server_or_one_of_its_processes_crashes() throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            String first = committed(server);
            assertThat(fate(server, first)).isEqualTo(CommitFate.COMMITTED);
            assertThat(fate(server, undone(server))).isEqualTo(CommitFate.ABORTED);
            String lost = open(server);
            crashOneProcess(server);
            assertThat(fate(server, lost))
                    .as("its number was never given, says the server now")
                    .isEqualTo(CommitFate.ABORTED);
            assertThat(fate(server, first))
                    .as("its number may be another's now")
                    .isEqualTo(CommitFate.FORGOTTEN);
            String second = committed(server);
            assertThat(fate(server, second)).isEqualTo(CommitFate.COMMITTED);
            server.stopImmediately();
            server.startAgain();
            assertThat(fate(server, second)).isEqualTo(CommitFate.FORGOTTEN);
        }
    }

    private static Connection connect(LocalPostgres server) throws SQLException {
        return DriverManager.getConnection(PostgresUrl.jdbc(server.url("postgres")));
    }

    private static String committed(LocalPostgres server) throws SQLException {
        try (Connection connection = connect(server)) {
            connection.setAutoCommit(false);
            PostgresSession session = PostgresSession.writer(connection, LANE);
            session.begin();
            String transaction = String.valueOf(session.transaction());
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists done (id integer)");
                statement.execute("insert into done values (1)");
            }
            session.commit();
            return transaction;
        }
    }

    /** A transaction that is never ended: its connection stays open until the server crashes. */
    private static String open(LocalPostgres server) throws SQLException {
        Connection connection = connect(server);
        connection.setAutoCommit(false);
        PostgresSession session = PostgresSession.writer(connection, LANE + 1);
        session.begin();
        return String.valueOf(session.transaction());
    }

    private static String undone(LocalPostgres server) throws SQLException {
        try (Connection connection = connect(server)) {
            connection.setAutoCommit(false);
            PostgresSession session = PostgresSession.writer(connection, LANE);
            session.begin();
            String transaction = String.valueOf(session.transaction());
            session.rollback();
            return transaction;
        }
    }

    private static CommitFate fate(LocalPostgres server, String transaction) throws SQLException {
        try (Connection connection = connect(server)) {
            connection.setAutoCommit(false);
            return PostgresSession.writer(connection, LANE).fateOf(transaction);
        }
    }

    /** The others are ended by the server itself, which then recovers as from a crash of its own. */
    private static void crashOneProcess(LocalPostgres server) throws SQLException, IOException {
        try (Connection witness = connect(server);
                Connection victim = connect(server);
                Statement statement = victim.createStatement();
                ResultSet pid = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(pid.next()).isTrue();
            new ProcessBuilder("kill", "-9", String.valueOf(pid.getLong(1))).start();
            Await.until("the server ends the others too", () -> !answers(witness));
        }
        Await.until("the server is back", () -> reachable(server));
    }

    private static boolean answers(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException gone) {
            return false;
        }
    }

    private static boolean reachable(LocalPostgres server) {
        try (Connection connection = connect(server)) {
            return answers(connection);
        } catch (SQLException recovering) {
            return false;
        }
    }
}
