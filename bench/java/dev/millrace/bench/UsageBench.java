package dev.millrace.bench;

import dev.millrace.db.SqlDialect;
import dev.millrace.id.OrganizationId;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsageStore;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * How long the sums of thirty days take to read, by every grouping that {@code GET /api/v1/usage} has, and a page of rows, of an
 * organization that made ten million requests in them with fifty keys and twenty models; medians and the slowest of many.
 */
final class UsageBench implements Benchmark {
    private static final long ROWS = Long.getLong("millrace.bench.usage", 10_000_000);
    private static final long AT_ONCE = 200_000;
    private static final int TIMES = 25;
    private static final int DAYS = 30;
    private static final LocalDate LAST = LocalDate.of(2026, 11, 30);
    private static final LocalDate FIRST = LAST.minusDays(DAYS - 1L);
    private static final OrganizationId WHO = new OrganizationId(new UUID(1, 2));

    private static final String FILL = """
            insert into usage_rows (id, organization, key_id, member, model, provider, modality, dialect, input_token,
                output_token, units_source, price_version, priced_by, charge, upstream_cost, created_at, latency_ms, status)
            with recursive n(i) as (select cast(? as bigint) union all select i + 1 from n where i < ?)
            select 'live:' || i, ?, 'benchbenchbe' || (10 + i % 50), case when i % 3 = 0 then null else '00000000-0000-0000-0000-00000000000' || (i % 10) end,
                'maker/model-' || ((i / 50) % 20), 'upstream' || ((i / 1000) % 2), 'language', 'bench', 100 + i % 50, 300, 'upstream', 'v1', '{}',
                100000 + i % 1000, 0, ? + i * ?, 900, case when i % 100 = 0 then 'failed' else 'completed' end from n""";

    private static final String SUMS = """
            count(*), sum(case when status = 'completed' then 0 else 1 end), sum(charge), sum(upstream_cost),
                sum(input_token), sum(output_token) from usage_rows
            where organization = ? and created_at >= ? and created_at < ? group by""";

    private static final String DAYS_SQL = """
            insert into usage_days (organization, day, key_id, model, member, provider, requests, failed, charge,
                upstream_cost, input_token, output_token)
            select organization, created_at / 86400000000, key_id, model, coalesce(member, ''), provider,
            """ + SUMS + " 1, 2, 3, 4, 5, 6";

    private static final String HOURS_SQL = """
            insert into usage_hours (organization, hour, requests, failed, charge, upstream_cost, input_token, output_token)
            select organization, created_at / 3600000000,
            """ + SUMS + " 1, 2";

    private final UsageStore usage = new UsageStore();

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase test = TestDatabase.open(dialect)) {
                fill(test, out);
                for (UsageGroup by : UsageGroup.values()) {
                    print(
                            out,
                            test,
                            "by " + by.name().toLowerCase(Locale.ROOT),
                            () -> test.database()
                                    .read(tx -> usage.totals(tx, WHO, FIRST, LAST, by))
                                    .size());
                }
                UsageFilter all = UsageFilter.between(micros(FIRST), micros(LAST.plusDays(1)));
                print(
                        out,
                        test,
                        "a page of 50 rows",
                        () -> test.database()
                                .read(tx -> usage.list(tx, WHO, all, null, 50))
                                .rows()
                                .size());
            }
        }
    }

    private static Instant micros(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static void fill(TestDatabase test, PrintStream out) {
        long begun = System.nanoTime();
        long start = FIRST.toEpochDay() * 86_400_000_000L;
        long step = DAYS * 86_400_000_000L / ROWS;
        for (long from = 0; from < ROWS; from += AT_ONCE) {
            long first = from;
            long last = Math.min(ROWS, from + AT_ONCE) - 1;
            test.writer().write("fill", tx -> tx.update(FILL, first, last, WHO, start, step));
        }
        for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
            Instant from = micros(day);
            Instant until = micros(day.plusDays(1));
            test.writer().write("fill", tx -> tx.update(DAYS_SQL, WHO, from, until));
            test.writer().write("fill", tx -> tx.update(HOURS_SQL, WHO, from, until));
        }
        test.writer().write("fill", tx -> tx.update("analyze"));
        long days = test.database().<Long>read(tx -> tx.count("select count(*) from usage_days"));
        out.printf(
                "%-10s %,d rows and %,d sums of days filled in within %.0f s%n",
                test.dialect(), ROWS, days, (System.nanoTime() - begun) / 1e9);
    }

    private interface Query {
        int found();
    }

    private static void print(PrintStream out, TestDatabase test, String what, Query query) {
        int found = query.found(); // and warms up
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            long begun = System.nanoTime();
            query.found();
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        out.printf(
                "%-10s %-18s %7.1f ms, the slowest %7.1f ms, %,d lines%n",
                test.dialect(),
                what,
                Rates.median(millis),
                millis.stream().mapToDouble(x -> x).max().orElse(0),
                found);
    }
}
