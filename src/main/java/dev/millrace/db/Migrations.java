package dev.millrace.db;

import org.flywaydb.core.Flyway;

/** Brings the tables up to date. */
final class Migrations {
    private Migrations() {}

    static void run(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration")
                .failOnMissingLocations(false)
                .loggers("slf4j")
                .load()
                .migrate();
    }
}
