package dev.millrace.bench;

import dev.millrace.access.Principal;
import dev.millrace.db.SqlDialect;
import dev.millrace.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Puts finished jobs into a database, by SQL alone, with every row that a job leaves behind. */
final class Filling {
    private static final long AT_ONCE = 100_000;
    private static final long BEGIN = 1_700_000_000_000_000L;

    private static final String NUMBERS =
            "with recursive n(i) as (select cast(%d as bigint) union all select i + 1 from n where i + 1 < %d),"
                    + " j as (select %s as id, %s as asset, case when i %% 10 = 0 then '%s' else '%s' end as org,"
                    + " '%s' as key_id, %d + i * 1000 as t from n) ";

    private static final List<String> ROWS = List.of(
            "insert into jobs (id, organization, key_id, environment, dialect, model, modality, state, progress, created_at,"
                    + " started_at, finished_at, expires_at, retention_ms, hold, charge, price_version, provider, upstream_model,"
                    + " submission, intent, upstream_id, exposed) @ select id, org, key_id, 'test', 'bench', 'sandbox/image',"
                    + " 'image', 'completed', 100, t, t + 1, t + 2, t + 604800000000, 604800000, 40000000, 40000000, 'v1',"
                    + " 'sandbox', 'image', 1, 1, 'up-' || id, 0 from j where true",
            "insert into job_events (job, number, state, at) @ select id, 0, 'queued', t from j where true"
                    + " union all select id, 1, 'running', t + 1 from j union all select id, 2, 'completed', t + 2 from j",
            "insert into job_outputs (job, position, asset, file_name, content_type, bytes, sha256, facts) @ select id, 0, asset,"
                    + " '0.png', 'image/png', 100000, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', '{}'"
                    + " from j where true",
            "insert into assets (id, organization, kind, state, location, file_name, content_type, bytes, sha256, created_at,"
                    + " expires_at) @ select asset, org, 'output', 'stored', 'bench/' || asset, '0.png', 'image/png', 100000,"
                    + " 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', t, t + 604800000000000 from j where true",
            "insert into holds (id, organization, amount, state, charge, terms, created_at, resolved_at) @"
                    + " select 'job:' || id, org, 40000000, 'settled', 40000000, 'terms', t, t + 2 from j where true",
            "insert into transfers (id, organization, kind, debit, credit, amount, created_at) @ select 'hold:job:' || id, org,"
                    + " 'hold', 'org:' || org || ':available', 'org:' || org || ':held', 40000000, t from j where true union all"
                    + " select 'settle:job:' || id, org, 'settle', 'org:' || org || ':held', 'platform:revenue', 40000000, t + 2"
                    + " from j",
            "insert into usage_rows (id, organization, key_id, model, provider, modality, dialect, image, units_source,"
                    + " price_version, priced_by, charge, upstream_cost, created_at, latency_ms) @ select 'job:' || id, org, key_id,"
                    + " 'sandbox/image', 'sandbox', 'image', 'bench', 1, 'planned', 'v1', '{}', 40000000, 0, t + 2, 900 from j"
                    + " where true");

    /** A language request's: a hold with two transfers. */
    private static final List<String> LIVE = List.of(
            "insert into holds (id, organization, amount, state, charge, terms, created_at, resolved_at) @"
                    + " select 'live:' || id, org, 40000000, 'settled', 40000000, 'terms', t, t + 2 from j where true",
            "insert into transfers (id, organization, kind, debit, credit, amount, created_at) @ select 'hold:live:' || id, org,"
                    + " 'hold', 'org:' || org || ':available', 'org:' || org || ':held', 40000000, t from j where true union all"
                    + " select 'settle:live:' || id, org, 'settle', 'org:' || org || ':held', 'platform:revenue', 40000000, t + 2"
                    + " from j");

    private Filling() {}

    /** Leaves the database as one is that has had time: its log folded back, its statistics taken. */
    static void fill(TestDatabase database, Principal asks, long jobs) throws SQLException {
        insert(database, asks, jobs, ROWS);
        settle(database);
    }

    /** The same with the ledger's rows of so many transfers of language requests, two for each. */
    static void transfers(TestDatabase database, Principal asks, long transfers) throws SQLException {
        insert(database, asks, transfers / 2, LIVE);
        settle(database);
    }

    private static void insert(TestDatabase database, Principal asks, long things, List<String> rows) {
        for (long from = 0; from < things; from += AT_ONCE) {
            String numbers = numbers(database.dialect(), asks, from, Math.min(things, from + AT_ONCE));
            for (String row : rows) {
                database.writer().write("fill", tx -> tx.update(row.replace("@", numbers)));
            }
        }
    }

    private static void settle(TestDatabase database) throws SQLException {
        if (database.dialect() == SqlDialect.POSTGRESQL) {
            try (Connection connection =
                            DriverManager.getConnection(database.settings().url());
                    Statement statement = connection.createStatement()) {
                statement.execute("vacuum analyze");
                statement.execute("checkpoint");
            }
        }
    }

    private static String numbers(SqlDialect dialect, Principal asks, long from, long to) {
        String hex = switch (dialect) {
            case SQLITE -> "printf('%012x', i)";
            case POSTGRESQL -> "lpad(to_hex(i), 12, '0')";
        };
        return NUMBERS.formatted(
                from,
                to,
                "'01890000-0000-7000-8000-' || " + hex,
                "'01890000-0000-7000-9000-' || " + hex,
                asks.organization().text(),
                "01890000-0000-7000-8000-000000000000",
                asks.key().text(),
                BEGIN);
    }
}
