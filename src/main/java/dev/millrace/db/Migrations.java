package dev.millrace.db;

import org.flywaydb.core.Flyway;

/** Brings the tables up to date. */
final class Migrations {
    private Migrations() {}

    static void run(String url) {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration", triggers(url))
                .failOnMissingLocations(false)
                .loggers("slf4j")
                .load()
                .migrate();
    }

    /** Triggers alone have one text for each database. */
    private static String triggers(String url) {
        return url.startsWith("jdbc:sqlite:") ? "classpath:db/migration-sqlite" : "classpath:db/migration-postgresql";
    }
}
