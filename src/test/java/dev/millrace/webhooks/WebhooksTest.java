package dev.millrace.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.crypto.Seal;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Recorded;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.WebhookSink;
import dev.millrace.webhooks.DeliveryState.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;

class WebhooksTest {
    private static final DeliveryPolicy QUICK = policy("quick", Duration.ofMinutes(5));
    private static final DeliveryPolicy BRIEF = policy("brief", Duration.ofMillis(300));

    private final WebhookSink sink = WebhookSink.start();
    private final IdSource ids = new IdSource(InstantSource.system(), new Random(7));
    private final OrganizationId organization = ids.organization();
    private final Seal seal = new Seal(new byte[32], new SecureRandom());
    private final List<Webhooks> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(Webhooks::close);
        sink.close();
    }

    @OnBothDatabases
    void an_event_is_delivered_and_its_content_erased(TestDatabase db) {
        Webhooks webhooks = start(db);
        enqueue(db, webhooks, "event-1", sink.url() + "?token=CANARY-URL");
        Recorded seen = sink.await(1);
        assertThat(seen.method()).isEqualTo("POST");
        assertThat(seen.target()).isEqualTo("/hook?token=CANARY-URL");
        assertThat(seen.header("webhook-id")).isEqualTo("event-1");
        assertThat(seen.header("content-type")).isEqualTo("application/json");
        assertThat(seen.header("x-webhook-secret-key")).isEqualTo("CANARY-SECRET");
        assertThat(seen.text()).isEqualTo("{\"id\":\"CANARY-BODY\"}");
        DeliveryState state = ended(db, webhooks, "event-1");
        assertThat(state.progress()).isEqualTo(Progress.DELIVERED);
        assertThat(state.lastOutcome()).isEqualTo("200");
        assertThat(state.organization()).isEqualTo(organization);
        assertThat(attempts(db, webhooks))
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.outcome()).isEqualTo("200"));
        assertThat(
                        count(
                                db,
                                "select count(*) from webhook_deliveries where sealed_target is not null or sealed_body is not null"))
                .isZero();
        assertThat(count(db, "select count(*) from due_work where kind = 'webhook'"))
                .isZero();
    }

    @OnBothDatabases
    void nothing_lies_in_clear_while_it_waits(TestDatabase db) {
        Webhooks webhooks = webhooks(db, EgressSettings.DEFAULTS);
        enqueue(db, webhooks, "event-1", sink.url() + "?token=CANARY-URL");
        List<byte[]> stored = read(
                db,
                tx -> tx.list("select sealed_target, sealed_body from webhook_deliveries", row -> {
                    byte[] both = java.util.Arrays.copyOf(row.bytes("sealed_target"), 2000);
                    System.arraycopy(row.bytes("sealed_body"), 0, both, 1000, row.bytes("sealed_body").length);
                    return both;
                }));
        assertThat(stored).hasSize(1);
        assertThat(new String(stored.getFirst(), StandardCharsets.ISO_8859_1)).doesNotContain("CANARY", "hook");
    }

    @OnBothDatabases
    void an_event_is_tried_again_under_the_same_id_until_it_is_taken(TestDatabase db) {
        sink.answering(Script.status(500), Script.status(200).cutAt(5), Script.status(503), Script.status(204));
        Webhooks webhooks = start(db);
        enqueue(db, webhooks, "event-1", sink.url());
        assertThat(ended(db, webhooks, "event-1").progress()).isEqualTo(Progress.DELIVERED);
        assertThat(sink.deliveries()).hasSize(4);
        assertThat(sink.deliveries())
                .extracting(seen -> seen.header("webhook-id") + seen.text())
                .containsOnly("event-1{\"id\":\"CANARY-BODY\"}");
        assertThat(attempts(db, webhooks))
                .extracting(Attempt::number, Attempt::outcome)
                .containsExactly(tuple(1, "500"), tuple(2, "broken"), tuple(3, "503"), tuple(4, "204"));
    }

    @OnBothDatabases
    void a_refusal_or_a_redirect_ends_it(TestDatabase db) {
        try (ScriptedUpstream inside = ScriptedUpstream.start()) {
            sink.answering(Script.status(410), Script.redirect(inside.url("/")), Script.status(429));
            Webhooks webhooks = start(db);
            for (String event : List.of("event-1", "event-2", "event-3")) {
                enqueue(db, webhooks, event, sink.url());
                assertThat(ended(db, webhooks, event).progress()).isEqualTo(Progress.FAILED);
            }
            assertThat(sink.deliveries()).hasSize(3);
            assertThat(inside.connections()).isZero();
        }
    }

    @OnBothDatabases
    void an_address_that_is_refused_is_never_connected_to(TestDatabase db) {
        Webhooks webhooks = start(db, EgressSettings.DEFAULTS);
        try (ScriptedUpstream inside = ScriptedUpstream.start("127.0.0.2")) {
            enqueue(db, webhooks, "event-1", inside.url("/"));
            enqueue(db, webhooks, "event-2", "https://localhost:" + inside.port() + "/");
            enqueue(db, webhooks, "event-3", "not a url");
            for (String event : List.of("event-1", "event-2", "event-3")) {
                DeliveryState state = ended(db, webhooks, event);
                assertThat(state.progress()).isEqualTo(Progress.FAILED);
                assertThat(state.lastOutcome()).isEqualTo("refused");
            }
            assertThat(inside.connections()).isZero();
        }
    }

    @OnBothDatabases
    void it_is_given_up_when_the_time_is_over(TestDatabase db) {
        sink.answering(500);
        Webhooks webhooks = start(db);
        Delivery brief = new Delivery("event-1", sink.url(), Map.of(), new byte[0], "brief");
        db.writer().write("a", tx -> webhooks.outbox().enqueue(tx, organization, brief));
        DeliveryState state = ended(db, webhooks, "event-1");
        assertThat(state.progress()).isEqualTo(Progress.FAILED);
        assertThat(state.attempts())
                .isBetween(2, 20)
                .isEqualTo(sink.deliveries().size());
        assertThat(state.nextAttemptAt()).isNull();
    }

    @OnBothDatabases
    void a_unit_that_fails_sends_nothing_and_an_event_is_put_in_once(TestDatabase db) {
        Webhooks webhooks = start(db);
        assertThatThrownBy(() -> db.writer().write("a", tx -> {
                    webhooks.outbox().enqueue(tx, organization, delivery("event-1", sink.url()));
                    throw new IllegalStateException("undone");
                }))
                .hasMessage("undone");
        assertThat(enqueue(db, webhooks, "event-2", sink.url())).isTrue();
        assertThat(enqueue(db, webhooks, "event-2", sink.url())).isFalse();
        ended(db, webhooks, "event-2");
        assertThat(sink.deliveries())
                .extracting(seen -> seen.header("webhook-id"))
                .containsExactly("event-2");
        assertThat(state(db, webhooks, "event-1")).isEmpty();
    }

    @OnBothDatabases
    void what_lay_there_when_the_node_started_is_delivered(TestDatabase db) {
        Webhooks before = webhooks(db, EgressSettings.DEFAULTS);
        enqueue(db, before, "event-1", sink.url());
        Webhooks after = start(db);
        assertThat(ended(db, after, "event-1").progress()).isEqualTo(Progress.DELIVERED);
    }

    @OnBothDatabases
    void a_drain_in_the_middle_of_an_attempt_loses_and_records_nothing(TestDatabase db) {
        sink.answering(Script.silent(), Script.status(200));
        Webhooks first = start(db);
        enqueue(db, first, "event-1", sink.url());
        sink.await(1);
        first.close();
        assertThat(attempts(db, first)).isEmpty();
        Webhooks second = start(db);
        assertThat(ended(db, second, "event-1").progress()).isEqualTo(Progress.DELIVERED);
        assertThat(sink.deliveries()).hasSize(2);
    }

    @OnBothDatabases
    void a_dead_receiver_does_not_hold_up_the_others(TestDatabase db) {
        try (WebhookSink dead = WebhookSink.start().answering(Script.silent())) {
            Webhooks webhooks = start(db);
            for (int i = 0; i < 20; i++) {
                enqueue(db, webhooks, "dead-" + i, dead.url());
                enqueue(db, webhooks, "live-" + i, sink.url());
            }
            sink.await(20);
            assertThat(sink.deliveries())
                    .extracting(seen -> seen.header("webhook-id"))
                    .doesNotHaveDuplicates();
        }
    }

    @OnBothDatabases
    void records_are_kept_for_their_time_and_then_removed(TestDatabase db) {
        Webhooks webhooks = start(db);
        enqueue(db, webhooks, "event-1", sink.url());
        enqueue(db, webhooks, "event-2", sink.url());
        ended(db, webhooks, "event-1");
        ended(db, webhooks, "event-2");
        assertThat(prune(db, new WebhookSettings(10, 10, Duration.ofDays(1)))).isZero();
        db.letTimePass(Duration.ofMillis(20));
        assertThat(prune(db, new WebhookSettings(10, 10, Duration.ofMillis(1)))).isEqualTo(2);
        assertThat(count(db, "select count(*) from webhook_attempts")).isZero();
        assertThat(state(db, webhooks, "event-1")).isEmpty();
    }

    private static DeliveryPolicy policy(String name, Duration giveUpAfter) {
        return new DeliveryPolicy(
                name,
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(40),
                giveUpAfter,
                DeliveryPolicy.HIGGSFIELD.retries());
    }

    private Webhooks start(TestDatabase db) {
        return start(db, EgressSettings.DEFAULTS.allowing("127.0.0.1"));
    }

    private Webhooks start(TestDatabase db, EgressSettings egress) {
        Webhooks webhooks = webhooks(db, egress);
        started.add(webhooks);
        webhooks.start();
        return webhooks;
    }

    private Webhooks webhooks(TestDatabase db, EgressSettings egress) {
        return webhooks(db, egress, WebhookSettings.DEFAULTS);
    }

    private Webhooks webhooks(TestDatabase db, EgressSettings egress, WebhookSettings settings) {
        var metrics = new SimpleMeterRegistry();
        return new Webhooks(
                db.database(),
                new DueWork(),
                seal,
                new Egress(egress, metrics),
                List.of(QUICK, BRIEF),
                settings,
                "node-" + started.size(),
                new Random(1),
                db.clock(),
                metrics);
    }

    private boolean enqueue(TestDatabase db, Webhooks webhooks, String event, String url) {
        return db.writer().write("a", tx -> webhooks.outbox().enqueue(tx, organization, delivery(event, url)));
    }

    private static Delivery delivery(String event, String url) {
        return new Delivery(
                event,
                url,
                Map.of("X-Webhook-Secret-Key", "CANARY-SECRET"),
                "{\"id\":\"CANARY-BODY\"}".getBytes(StandardCharsets.UTF_8),
                "quick");
    }

    private int prune(TestDatabase db, WebhookSettings settings) {
        Webhooks webhooks = webhooks(db, EgressSettings.DEFAULTS, settings);
        return db.writer().write("a", tx -> webhooks.prune(tx, 10));
    }

    /** The state once it has ended; time passes meanwhile. */
    private static DeliveryState ended(TestDatabase db, Webhooks webhooks, String event) {
        Await.until(event + " has ended", Duration.ofSeconds(30), () -> {
            db.letTimePass(Duration.ofMillis(5));
            return state(db, webhooks, event).orElseThrow().progress() != Progress.PENDING;
        });
        return state(db, webhooks, event).orElseThrow();
    }

    private static List<Attempt> attempts(TestDatabase db, Webhooks webhooks) {
        return read(db, tx -> webhooks.attempts(tx, "event-1"));
    }

    private static Optional<DeliveryState> state(TestDatabase db, Webhooks webhooks, String event) {
        return read(db, tx -> webhooks.state(tx, event));
    }

    private static <R> R read(TestDatabase db, Function<Tx, R> query) {
        return db.database().read(query::apply);
    }

    private static long count(TestDatabase db, String sql) {
        return read(db, tx -> tx.count(sql));
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }
}
