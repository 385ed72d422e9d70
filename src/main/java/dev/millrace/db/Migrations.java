package dev.millrace.db;

import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables up to date. On PostgreSQL an advisory lock lets one node do it while the others wait. */
final class Migrations {
    private Migrations() {}

    /** The tables have one text for both databases; what only one of them takes, such as triggers, stands in its own folder. */
    static void run(DataSource source, SqlDialect dialect) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration", "classpath:db/migration-" + dialect.folder())
                    .placeholders(Map.of("clustered", dialect.clustered()))
                    .outOfOrder(true) // the numbers go by room, not by time
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseOpenException("the database could not be opened: " + reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
    }
}
