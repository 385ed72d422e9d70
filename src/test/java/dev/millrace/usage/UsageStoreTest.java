package dev.millrace.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.millrace.db.DatabaseException;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class UsageStoreTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(3, 4));
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private static final MemberId MEMBER = new MemberId(new UUID(5, 6));
    private static final KeyId SECOND = new KeyId("keykeykeykey2");
    private static final Instant MIDNIGHT = Instant.parse("2030-01-02T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2030-01-02");

    private final UsageStore usage = new UsageStore();

    @OnBothDatabases
    void a_row_comes_back_as_it_was_added(TestDatabase db) {
        UsageRow row = row("job:a", KEY, "m", MIDNIGHT);
        add(db, row);
        assertThat(find(db, ACME)).contains(row);
        assertThat(find(db, OTHER)).isEmpty();
        assertThatThrownBy(() -> add(db, row)).isInstanceOf(DatabaseException.class);
        assertThat(totals(db, DAY, DAY, UsageGroup.DAY))
                .hasSize(1)
                .first()
                .satisfies(total -> assertThat(total.requests()).isEqualTo(1));
    }

    @OnBothDatabases
    void days_models_and_keys_are_summed(TestDatabase db) {
        add(db, row("job:a", KEY, "m", MIDNIGHT.minusMillis(1)));
        add(db, row("job:b", KEY, "m", MIDNIGHT));
        add(db, row("job:c", SECOND, "m", MIDNIGHT.plusSeconds(1)));
        add(db, row("job:d", SECOND, "other", MIDNIGHT.plusSeconds(2)));
        assertThat(totals(db, DAY.minusDays(1), DAY, UsageGroup.DAY))
                .extracting(UsageTotal::group, UsageTotal::requests)
                .containsExactly(tuple("2030-01-01", 1L), tuple("2030-01-02", 3L));
        assertThat(totals(db, DAY, DAY, UsageGroup.MODEL)).containsExactly(total("m", 2), total("other", 1));
        assertThat(totals(db, DAY, DAY, UsageGroup.KEY)).containsExactly(total(SECOND.text(), 2), total(KEY.text(), 1));
        assertThat(totals(db, DAY.plusDays(1), DAY.plusDays(9), UsageGroup.DAY)).isEmpty();
    }

    @OnBothDatabases
    void hours_members_and_upstreams_are_summed_and_what_failed_is_counted(TestDatabase db) {
        add(db, row("job:a", KEY, "m", MIDNIGHT));
        add(db, row("job:b", KEY, "m", MIDNIGHT.plusSeconds(3599)));
        add(db, failed("job:c", MIDNIGHT.plusSeconds(3600)));
        assertThat(totals(db, DAY, DAY, UsageGroup.HOUR))
                .extracting(UsageTotal::group, UsageTotal::requests, UsageTotal::failed)
                .containsExactly(tuple("2030-01-02T00:00:00Z", 2L, 0L), tuple("2030-01-02T01:00:00Z", 1L, 1L));
        assertThat(totals(db, DAY, DAY, UsageGroup.MEMBER))
                .extracting(UsageTotal::group, UsageTotal::requests)
                .containsExactlyInAnyOrder(tuple("", 2L), tuple(MEMBER.text(), 1L));
        assertThat(totals(db, DAY, DAY, UsageGroup.PROVIDER))
                .extracting(UsageTotal::group, UsageTotal::requests, UsageTotal::failed)
                .containsExactly(tuple("sandbox", 3L, 1L));
        assertThat(all(
                        db,
                        new UsageFilter(
                                MIDNIGHT, MIDNIGHT.plusSeconds(9999), null, null, null, "sandbox", UsageStatus.FAILED)))
                .containsExactly("job:c");
        assertThat(all(db, new UsageFilter(MIDNIGHT, MIDNIGHT.plusSeconds(9999), null, null, MEMBER, null, null)))
                .containsExactly("job:b");
    }

    @OnBothDatabases
    void calls_that_served_nothing_are_kept_once_each_in_their_order(TestDatabase db) {
        Attempt second = new Attempt(2, "two", "m-2", "upstream_timeout", MIDNIGHT);
        Attempt first = new Attempt(1, "one", "m-1", "upstream_error", MIDNIGHT);
        db.database().writer().<Boolean>write("x", tx -> {
            usage.attempted(tx, "job:a", List.of(second));
            usage.attempted(tx, "job:a", List.of(first, second));
            return true;
        });
        assertThat(db.database().<List<Attempt>>read(tx -> usage.attempts(tx, "job:a")))
                .containsExactly(first, second);
    }

    private static UsageRow failed(String id, Instant at) {
        return new UsageRow(
                id,
                ACME,
                KEY,
                null,
                "m",
                "sandbox",
                Modality.IMAGE,
                "higgsfield",
                Units.NONE,
                UnitsSource.PLANNED,
                "v1",
                "{}",
                Money.ZERO,
                Money.ZERO,
                UsageStatus.FAILED,
                "upstream_error",
                at,
                5,
                null);
    }

    @OnBothDatabases
    void rows_are_paged_newest_first_and_filtered(TestDatabase db) {
        for (int i = 0; i < 7; i++) {
            add(db, row("job:" + i, i % 2 == 0 ? KEY : SECOND, "m" + i % 3, MIDNIGHT.plusSeconds(i / 2)));
        }
        assertThat(all(db, UsageFilter.ALL))
                .containsExactly("job:6", "job:5", "job:4", "job:3", "job:2", "job:1", "job:0");
        assertThat(all(db, filter(null, SECOND))).containsExactly("job:5", "job:3", "job:1");
        assertThat(all(db, filter("m0", null))).containsExactly("job:6", "job:3", "job:0");
        assertThat(all(db, UsageFilter.between(MIDNIGHT.plusSeconds(1), MIDNIGHT.plusSeconds(2))))
                .containsExactly("job:3", "job:2");
        assertThatThrownBy(() -> page(db, UsageFilter.ALL, "AAAA")).isInstanceOf(ProblemException.class);
    }

    private List<String> all(TestDatabase db, UsageFilter filter) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            UsagePage page = page(db, filter, cursor);
            page.rows().forEach(row -> ids.add(row.id()));
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    private UsagePage page(TestDatabase db, UsageFilter filter, @Nullable String cursor) {
        return db.database().read(tx -> usage.list(tx, ACME, filter, cursor, 2));
    }

    private Optional<UsageRow> find(TestDatabase db, OrganizationId organization) {
        return db.database().read(tx -> usage.find(tx, organization, "job:a"));
    }

    private List<UsageTotal> totals(TestDatabase db, LocalDate from, LocalDate to, UsageGroup by) {
        return db.database().read(tx -> usage.totals(tx, ACME, from, to, by));
    }

    private void add(TestDatabase db, UsageRow row) {
        db.writer().<Boolean>write(ACME.text(), tx -> {
            usage.add(tx, row);
            return true;
        });
    }

    private static UsageTotal total(String group, long requests) {
        return new UsageTotal(
                group,
                requests,
                0,
                Units.of(Unit.IMAGE, 2 * requests).with(Unit.INPUT_TOKEN, 30 * requests),
                Money.usd("0.094").times(requests),
                Money.usd("0.05").times(requests));
    }

    private static UsageFilter filter(@Nullable String model, @Nullable KeyId key) {
        return new UsageFilter(UsageFilter.ALL.from(), UsageFilter.ALL.until(), model, key, null, null, null);
    }

    private static UsageRow row(String id, KeyId key, String model, Instant at) {
        return new UsageRow(
                id,
                ACME,
                key,
                id.endsWith("b") ? MEMBER : null,
                model,
                "sandbox",
                Modality.IMAGE,
                "higgsfield",
                Units.of(Unit.IMAGE, 2).with(Unit.INPUT_TOKEN, 30),
                UnitsSource.UPSTREAM,
                "v1",
                "{}",
                Money.usd("0.094"),
                Money.usd("0.05"),
                UsageStatus.COMPLETED,
                null,
                at,
                1234,
                id.endsWith("a") ? null : 17L);
    }
}
