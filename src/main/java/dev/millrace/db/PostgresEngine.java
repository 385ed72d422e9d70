package dev.millrace.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/** PostgreSQL: a connection for each lane, and a pool for reads. */
final class PostgresEngine implements Engine {
    private static final List<String> PREFIXES = List.of("jdbc:postgresql:", "postgresql:", "postgres:");
    private static final int READ_WAIT_MILLIS = 2_000;
    private static final int IDLE_MILLIS = 60_000;

    /**
     * A lane must not hang, nor a node that stalls in the middle of a batch keep the others from its lane for long. Its
     * statements go by keys: a plan that was made while a table was still empty must not scan it when it has grown.
     */
    private static final String LANE_LIMITS = "set statement_timeout = '15s'; set lock_timeout = '5s';"
            + " set idle_in_transaction_session_timeout = '5s'; set jit = off; set enable_seqscan = off;"
            + " set enable_hashjoin = off; set enable_mergejoin = off;"
            + " set enable_bitmapscan = off; set enable_sort = off;"
            + " select set_config('synchronous_commit', 'on', false)"
            + " where current_setting('synchronous_commit') in ('off', 'local')";

    private final DatabaseSettings settings;
    private final String url;
    private final PostgresReaders readers;

    private PostgresEngine(DatabaseSettings settings) {
        this.settings = settings;
        this.url = PostgresUrl.jdbc(settings.url());
        Migrations.run(new MigrationSource(() -> connect("millrace-migration")), SqlDialect.POSTGRESQL);
        this.readers = new PostgresReaders(new HikariDataSource(pool()));
    }

    static boolean takes(String url) {
        return PREFIXES.stream().anyMatch(url::startsWith);
    }

    static PostgresEngine open(DatabaseSettings settings) {
        return new PostgresEngine(settings);
    }

    @Override
    public SqlDialect dialect() {
        return SqlDialect.POSTGRESQL;
    }

    @Override
    public List<Sessions> lanes() {
        return IntStream.range(0, settings.lanes())
                .<Sessions>mapToObj(lane -> () -> openLane(lane))
                .toList();
    }

    @Override
    public Readers readers() {
        return readers;
    }

    @Override
    public boolean forget() {
        return true; // the server vacuums its pages and recycles its log by itself
    }

    @Override
    public void close() {
        // every connection is a lane's or a reader's
    }

    private Session openLane(int lane) throws SQLException {
        Connection connection = connect("millrace-writer");
        try (Statement statement = connection.createStatement()) {
            statement.execute(LANE_LIMITS);
            connection.setAutoCommit(false);
            return PostgresSession.writer(connection, lane);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url, properties(name));
    }

    private Properties properties(String name) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", name);
        properties.setProperty("connectTimeout", "3");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("logServerErrorDetail", "false"); // details quote stored values
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        return properties;
    }

    private HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("millrace-readers");
        config.setJdbcUrl(url);
        config.setDataSourceProperties(properties("millrace-reader"));
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMaximumPoolSize(settings.readers());
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE_MILLIS);
        config.setConnectionTimeout(READ_WAIT_MILLIS);
        config.setInitializationFailTimeout(-1);
        return config;
    }
}
