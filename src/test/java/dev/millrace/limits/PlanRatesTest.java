package dev.millrace.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanRatesTest {
    private static final KeyId KEY = new KeyId("aaaaaaaaaaaa");
    private static final KeyId OTHER = new KeyId("bbbbbbbbbbbb");

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private final OrganizationId organization = ids.organization();
    private final AtomicLong nanos = new AtomicLong(123_456_789);

    private static LimitRules rules(String json) {
        return LimitRules.parse(Json.parseObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    private PlanRates rates(TestDatabase db, String ofOrganization) {
        LimitBook book = new LimitBook(db.database());
        db.writer().write("a", tx -> {
            book.setOrganization(tx, organization, rules(ofOrganization));
            return 1;
        });
        return new PlanRates(book, () -> 1, nanos::get);
    }

    private boolean takes(PlanRates rates, KeyId key, String model, Modality modality, long tokens) {
        try {
            rates.take(organization, key, model, modality, tokens);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private int taken(PlanRates rates, KeyId key, String model, Modality modality, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += takes(rates, key, model, modality, 10) ? 1 : 0;
        }
        return taken;
    }

    @OnBothDatabases
    void the_largest_number_that_may_be_said_is_counted_with(TestDatabase db) {
        PlanRates rates = rates(db, "{\"requests_per_minute\": 60000000000, \"tokens_per_minute\": 60000000000}");
        assertThat(takes(rates, KEY, "sandbox/text", Modality.LANGUAGE, 10)).isTrue();
        assertThatThrownBy(() -> rules("{\"tokens_per_minute\": 60000000001}"))
                .hasMessage("tokens_per_minute must be a whole number from 1 to 60000000000");
    }

    /** Of ten requests for each, so many are let in. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                        | 10 | 10 | 10
            {"requests_per_minute":4}                                 |  4 |  0 |  0
            {"modalities":{"image":{"requests_per_minute":3}}}        | 10 | 10 |  3
            {"models":{"acme/big":{"requests_per_minute":2}}}         |  2 | 10 | 10
            {"models":{"acme/*":{"requests_per_minute":5}}}           |  5 |  0 | 10
            {"tokens_per_minute":35}                                  |  3 |  0 |  0
            {"models":{"acme/big":{"tokens_per_minute":25}}}          |  2 | 10 | 10
            {"requests_per_minute":9,"models":{"acme/big":{"requests_per_minute":1}}} | 1 | 8 | 0
            """)
    void a_rule_counts_what_it_names(String given, int big, int small, int image) {
        try (TestDatabase db = TestDatabase.sqlite()) {
            PlanRates rates = rates(db, given);
            assertThat(taken(rates, KEY, "acme/big", Modality.LANGUAGE, 10)).isEqualTo(big);
            assertThat(taken(rates, KEY, "acme/small", Modality.LANGUAGE, 10)).isEqualTo(small);
            assertThat(taken(rates, KEY, "other/image", Modality.IMAGE, 10)).isEqualTo(image);
        }
    }

    @OnBothDatabases
    void all_keys_of_an_organization_share_its_rules_and_a_keys_own_narrow_them(TestDatabase db) {
        PlanRates rates = rates(db, "{\"requests_per_minute\":10}");
        LimitBook book = new LimitBook(db.database());
        db.writer().write("a", tx -> {
            book.setKey(tx, KEY, rules("{\"requests_per_minute\":2}"));
            return 1;
        });
        assertThat(taken(rates, KEY, "m", Modality.LANGUAGE, 20)).isEqualTo(2);
        assertThat(taken(rates, OTHER, "m", Modality.LANGUAGE, 20))
                .as("what the narrow key was refused did not count")
                .isEqualTo(8);
    }

    @OnBothDatabases
    void an_operator_raises_one_customer_over_the_plan_at_run_time(TestDatabase db) {
        LimitBook book = new LimitBook(db.database());
        db.writer().write("a", tx -> {
            new JobSlots(LimitSettings.DEFAULTS).set(tx, organization, new JobLimits("small", 10, 5));
            book.setPlan(tx, "small", rules("{\"requests_per_minute\":3,\"tokens_per_minute\":1000}"));
            return 1;
        });
        PlanRates rates = new PlanRates(book, () -> 1, nanos::get);
        assertThat(taken(rates, KEY, "m", Modality.LANGUAGE, 20)).isEqualTo(3);
        db.writer().write("a", tx -> {
            book.setOrganization(tx, organization, rules("{\"requests_per_minute\":15}"));
            return 1;
        });
        assertThat(taken(rates, KEY, "m", Modality.LANGUAGE, 20)).isEqualTo(15);
        assertThat(rates.standing(organization, KEY))
                .as("what the organization says nothing of is the plan's")
                .extracting(standing ->
                        standing.rule().measure() + " " + standing.state().quota())
                .containsExactlyInAnyOrder("REQUESTS 15", "TOKENS 1000");
    }

    @Test
    void a_client_that_obeys_never_sees_a_second_refusal_by_tokens_or_requests() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            PlanRates rates = rates(db, "{\"requests_per_minute\":120,\"tokens_per_minute\":6000}");
            SplittableRandom random = Seeds.random("PlanRatesTest");
            for (int run = 0; run < 30; run++) {
                nanos.addAndGet(Duration.ofMinutes(5).toNanos());
                PriorityQueue<Long> returns = new PriorityQueue<>();
                int crowd = random.nextInt(31, 55);
                for (int i = 0; i < crowd; i++) {
                    nanos.addAndGet(random.nextLong(3_000_000));
                    refusal(rates).ifPresent(wait -> returns.add(nanos.get() + wait.toNanos()));
                }
                assertThat(returns).as("a minute has tokens for thirty").hasSizeGreaterThanOrEqualTo(crowd - 31);
                for (Long back = returns.poll(); back != null; back = returns.poll()) {
                    nanos.set(Math.max(nanos.get(), back) + random.nextLong(1_000_000));
                    assertThat(refusal(rates)).as("a crowd of %d", crowd).isEmpty();
                }
            }
        }
    }

    private Optional<Duration> refusal(PlanRates rates) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> rates.take(organization, KEY, "m", Modality.LANGUAGE, 200));
        return Optional.ofNullable(refused).map(e -> e.problem().retryAfter());
    }

    @Test
    @SuppressWarnings("try") // one leaves before its time, which is what is tried
    void complaint_07_nodes_on_one_database_grant_no_more_together_than_one_would() {
        try (TestDatabase db = TestDatabase.open(SqlDialect.POSTGRESQL);
                Database second = db.another();
                NodeShare here = new NodeShare(db.database(), "here")) {
            try (NodeShare there = new NodeShare(second, "there")) {
                here.start();
                there.start();
                here.start();
                Await.until("both know of each other", () -> here.getAsInt() == 2 && there.getAsInt() == 2);
                LimitBook book = new LimitBook(db.database());
                db.writer().write("a", tx -> {
                    book.setOrganization(tx, organization, rules("{\"requests_per_minute\":100}"));
                    return 1;
                });
                PlanRates one = new PlanRates(book, here, nanos::get);
                PlanRates two = new PlanRates(new LimitBook(second), there, nanos::get);
                int granted =
                        taken(one, KEY, "m", Modality.LANGUAGE, 200) + taken(two, KEY, "m", Modality.LANGUAGE, 200);
                assertThat(granted).isEqualTo(100);
            }
            here.start();
            Await.until("the one that left gave its part up", () -> here.getAsInt() == 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"requests":1}                                       | requests is not known
            {"requests_per_minute":0}                            | requests_per_minute must be
            {"requests_per_minute":"9"}                          | requests_per_minute must be
            {"modalities":{"smell":{"requests_per_minute":1}}}   | modalities.smell is none
            {"models":{"a":{"request_per_minute":1}}}            | models.a.request_per_minute is not known
            {"models":[]}                                        | models must be an object
            """)
    void a_wrong_rule_is_refused_with_its_name(String given, String words) {
        assertThatThrownBy(() -> rules(given))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void rules_are_shown_as_they_were_given() {
        String given = "{\"requests_per_minute\":9,\"modalities\":{\"image\":{\"requests_per_minute\":3}},"
                + "\"models\":{\"acme/*\":{\"tokens_per_minute\":7}},\"key_requests_per_minute\":5}";
        assertThat(rules(rules(given).body().toString())).isEqualTo(rules(given));
    }
}
