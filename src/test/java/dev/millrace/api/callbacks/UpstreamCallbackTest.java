package dev.millrace.api.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.JobId;
import dev.millrace.jobs.CallbackSettings;
import dev.millrace.jobs.Checkpoint;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Predictions;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * F12, and the callbacks of K3: an upstream that calls back, with Replicate's contract, in every wrong way there is. The upstream would be
 * asked again after half a minute only, so that whatever ends here in time ends by its callback.
 */
class UpstreamCallbackTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Money PRICE = Money.usd("0.05");
    private static final int MANY = 1000;

    /** What a worker that dies throws: it passes everything that handles failures. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static Job ended(Stage stage, Stage.Node node, Job job) throws InterruptedException {
        return node.jobs().await(stage.rooms.organization, job.id(), SOON);
    }

    private static void endedOnce(Stage stage, int jobs) {
        assertThat(stage.count("job_events where number = 2")).isEqualTo(jobs);
        assertThat(stage.count("usage_rows")).isEqualTo(jobs);
        assertThat(stage.count("webhook_deliveries")).isEqualTo(jobs);
        assertThat(stage.rooms.spent()).isEqualTo(PRICE.times(jobs));
    }

    @OnBothDatabases
    void F12_once_ends_a_job_that_nobody_asks_about(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            assertThat(stage.upstream.webhook(id, stage.now()).send(node.door()).status())
                    .isEqualTo(204);
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.polls()).isEqualTo(1);
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_a_thousand_times_at_once_is_once(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db);
                ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            Predictions.Call call = stage.upstream.webhook(id, stage.now());
            CountDownLatch go = new CountDownLatch(1);
            List<Future<Integer>> statuses = IntStream.range(0, MANY)
                    .mapToObj(i -> many.submit(() -> {
                        go.await();
                        return call.send(node.door()).status();
                    }))
                    .toList();
            go.countDown();
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(204);
            }
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_out_of_order_never_goes_back(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            Predictions.Call starting = stage.upstream.webhook(id, stage.now());
            stage.upstream.becomes(id, "processing");
            Predictions.Call processing = stage.upstream.webhook(id, stage.now());
            stage.upstream.becomes(id, "succeeded");
            Predictions.Call succeeded = stage.upstream.webhook(id, stage.now());
            assertThat(processing.send(node.door()).status()).isEqualTo(204);
            Await.until(
                    "it got on",
                    () -> node.jobs()
                                    .find(stage.rooms.organization, job.id())
                                    .orElseThrow()
                                    .progress()
                            == 50);
            assertThat(starting.send(node.door()).status()).isEqualTo(204);
            assertThat(node.jobs()
                            .find(stage.rooms.organization, job.id())
                            .orElseThrow()
                            .progress())
                    .isEqualTo(50);
            assertThat(succeeded.send(node.door()).status()).isEqualTo(204);
            assertThat(processing.send(node.door()).status()).isEqualTo(204);
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_before_the_submission_is_answered_its_id_is_kept(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            stage.upstream.answeringSubmissions(answer);
            Stage.Node node = stage.running();
            Job job = node.jobs().accept(stage.rooms.image("x"), Stage.OPTIONS).job();
            Await.until("the upstream has it", () -> !stage.upstream.ids().isEmpty());
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            assertThat(stage.upstream.webhook(id, stage.now()).send(node.door()).status())
                    .isEqualTo(204);
            assertThat(stage.boundId(job.id())).contains(id);
            answer.complete(true);
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.ids()).hasSize(1);
            assertThat(stage.upstream.polls()).isZero();
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_behind_the_end_changes_nothing(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            Predictions.Call call = stage.upstream.webhook(id, stage.now());
            call.send(node.door());
            Job ended = ended(stage, node, job);
            stage.upstream.becomes(id, "failed");
            assertThat(stage.upstream.webhook(id, stage.now()).send(node.door()).status())
                    .isEqualTo(204);
            assertThat(call.send(node.door()).status()).isEqualTo(204);
            assertThat(node.jobs().find(stage.rooms.organization, job.id())).contains(ended);
            assertThat(stage.count("job_calls")).isZero();
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_for_an_unknown_job_and_with_a_wrong_token_are_answered_alike(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            Predictions.Call call = stage.upstream.webhook(id, stage.now());
            String path = call.path();
            String own = path.substring(path.lastIndexOf('/') + 1);
            String other = "/callbacks/one/" + stage.rooms.ids.job().text() + "/" + own;
            String forged = path.substring(0, path.length() - 1) + (path.endsWith("A") ? "B" : "A");
            List<String> strange = List.of(
                    other,
                    forged,
                    path.replace("/1-", "/2-"),
                    path.replace("/one/", "/two/"),
                    path.replace("/one/", "/nobody/"),
                    "/callbacks/one/" + job.id().text() + "/x",
                    "/callbacks/one/not-an-id/" + own);
            stage.upstream.becomes(id, "succeeded");
            assertThat(Stream.concat(strange.stream(), Stream.of(other))
                            .map(at -> call.at(at).send(node.door()))
                            .map(UpstreamCallbackTest::anonymous)
                            .distinct())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("404");
            assertThat(stage.count("job_calls")).isZero();
            stage.upstream.webhook(id, stage.now()).send(node.door());
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
        }
    }

    /** An answer without what names its request. */
    private static String anonymous(Caller.Reply reply) {
        String id = reply.header("x-request-id");
        return reply.status() + " " + reply.text().replace(id, "…");
    }

    @OnBothDatabases
    void F12_forged_changed_stale_and_unsigned_are_refused_and_change_nothing(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            Predictions.Call before = stage.upstream.webhook(id, stage.now());
            stage.upstream.becomes(id, "succeeded");
            Predictions.Call call = stage.upstream.webhook(id, stage.now());
            List<Predictions.Call> wrong = List.of(
                    call.withBody(before.body()),
                    call.withBody(new byte[0]),
                    before.withBody(call.body()),
                    call.without("webhook-signature"),
                    call.without("webhook-id"),
                    call.without("webhook-timestamp"),
                    stage.upstream.webhook(id, stage.now() - 301),
                    stage.upstream.webhook(id, stage.now() + 301));
            for (Predictions.Call one : wrong) {
                assertThat(one.send(node.door()).status()).isEqualTo(401);
            }
            assertThat(node.jobs()
                            .find(stage.rooms.organization, job.id())
                            .orElseThrow()
                            .state())
                    .isEqualTo(JobState.RUNNING);
            assertThat(stage.upstream
                            .webhook(id, stage.now() - 299)
                            .send(node.door())
                            .status())
                    .isEqualTo(204);
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.polls()).isEqualTo(1);
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void F12_about_another_tenants_job_is_none_of_this_ones(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job ours = stage.submitted(node);
            var others = stage.rooms.principalOf(stage.rooms.funded(Money.usd("10")));
            int before = stage.upstream.polls();
            var asked =
                    stage.rooms.image(others, dev.millrace.json.Json.object().put("prompt", "y"));
            Job theirs = node.jobs().accept(asked, Stage.OPTIONS).job();
            Await.until("the upstream has both", () -> stage.upstream.polls() > before);
            String id = stage.upstream.ids().getFirst();
            String theirId = stage.upstream.ids().getLast();
            stage.upstream.becomes(theirId, "succeeded");
            Predictions.Call about = stage.upstream.webhook(theirId, stage.now());
            assertThat(about.at(stage.upstream.callbackPath(id))
                            .send(node.door())
                            .status())
                    .isEqualTo(404);
            assertThat(stage.boundId(ours.id())).contains(id);
            assertThat(about.send(node.door()).status()).isEqualTo(204);
            assertThat(node.jobs()
                            .await(others.organization(), theirs.id(), SOON)
                            .state())
                    .isEqualTo(JobState.COMPLETED);
            assertThat(node.jobs()
                            .find(stage.rooms.organization, ours.id())
                            .orElseThrow()
                            .state())
                    .isEqualTo(JobState.RUNNING);
            stage.upstream.becomes(id, "succeeded");
            stage.upstream.webhook(id, stage.now()).send(node.door());
            assertThat(ended(stage, node, ours).state()).isEqualTo(JobState.COMPLETED);
        }
    }

    @OnBothDatabases
    void F12_of_fifty_megabytes_is_not_read(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            String id = stage.upstream.ids().getFirst();
            assertThat(sendEndless(node.door(), stage.upstream.callbackPath(id), "Content-Length: 52428800"))
                    .contains(" 413 ");
            assertThat(sendEndless(node.door(), stage.upstream.callbackPath(id), "Transfer-Encoding: chunked"))
                    .contains(" 413 ");
            stage.upstream.becomes(id, "succeeded");
            stage.upstream.webhook(id, stage.now()).send(node.door());
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            endedOnce(stage, 1);
        }
    }

    /** Sends up to 50 MB in pieces for as long as they are taken, and gives the status line. */
    private static String sendEndless(String door, String path, String framing) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(door).getPort())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[64 * 1024];
            boolean chunked = framing.contains("chunked");
            try {
                for (int sent = 0;
                        sent < 50 * 1024 * 1024 && socket.getInputStream().available() == 0; ) {
                    if (chunked) {
                        out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    }
                    out.write(piece);
                    if (chunked) {
                        out.write(new byte[] {'\r', '\n'});
                    }
                    sent += piece.length;
                }
            } catch (IOException noLongerTaken) {
                assertThat(socket.getInputStream().available()).isPositive();
            }
            byte[] head = new byte[64];
            int n = socket.getInputStream().read(head);
            return new String(head, 0, Math.max(0, n), StandardCharsets.US_ASCII);
        }
    }

    @OnBothDatabases
    void F12_at_a_node_that_does_not_run_the_job_has_the_one_that_does_ask_at_once(TestDatabase db) throws Exception {
        Database other = db.dialect() == SqlDialect.POSTGRESQL ? db.another() : db.database();
        try (Stage stage = new Stage(db)) {
            Stage.Node worker = stage.running();
            Stage.Node elsewhere = stage.node(other);
            Job job = stage.submitted(worker);
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            assertThat(stage.upstream
                            .webhook(id, stage.now())
                            .send(elsewhere.door())
                            .status())
                    .isEqualTo(204);
            assertThat(ended(stage, worker, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.polls()).isEqualTo(2);
            Await.until("the word was taken away", () -> stage.count("job_calls") == 0);
            endedOnce(stage, 1);
        } finally {
            if (other != db.database()) {
                other.close();
            }
        }
    }

    @OnBothDatabases
    void F12_never_ends_the_job_by_asking_at_the_slower_pace(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db, new CallbackSettings(Duration.ofMillis(50), Duration.ofSeconds(1), 1000))) {
            Stage.Node node = stage.running();
            Job job = stage.submitted(node);
            stage.upstream.becomes(stage.upstream.ids().getFirst(), "succeeded");
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            endedOnce(stage, 1);
        }
    }

    /** A worker that dies once, with the submission at the upstream and its id nowhere. */
    private static Job diedBeforeTheIdWasStored(Stage stage, Stage.Node node) {
        AtomicInteger passes = new AtomicInteger();
        stage.rooms.signals.on(Checkpoint.SUBMITTED, () -> {
            if (passes.getAndIncrement() == 0) {
                throw new Died();
            }
        });
        Job job = node.jobs().accept(stage.rooms.image("x"), Stage.OPTIONS).job();
        Await.until("the worker has died", () -> passes.get() > 0);
        return job;
    }

    private static void takeUpAgain(Stage stage, JobId job) {
        Await.until("it is due again", () -> {
            stage.db
                    .writer()
                    .write("x", tx -> tx.update("update due_work set due_at = 0 where owner is null and rank is null"));
            return stage.count("due_work where kind = 'job' and attempts > 1 and id = '" + job.text() + "'") == 1;
        });
    }

    @OnBothDatabases
    void K3_a_late_callback_binds_the_id_and_the_job_goes_on(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = diedBeforeTheIdWasStored(stage, node);
            takeUpAgain(stage, job.id());
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            assertThat(stage.upstream.webhook(id, stage.now()).send(node.door()).status())
                    .isEqualTo(204);
            assertThat(ended(stage, node, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.ids()).hasSize(1);
            endedOnce(stage, 1);
        }
    }

    @OnBothDatabases
    void K3_a_callback_while_nobody_runs_the_job_is_durable(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db)) {
            Stage.Node node = stage.running();
            Job job = diedBeforeTheIdWasStored(stage, node);
            String id = stage.upstream.ids().getFirst();
            stage.upstream.becomes(id, "succeeded");
            node.jobs().close();
            Stage.Node idle = stage.node(db.database());
            assertThat(stage.upstream.webhook(id, stage.now()).send(idle.door()).status())
                    .isEqualTo(204);
            assertThat(stage.boundId(job.id())).contains(id);
            idle.jobs().start();
            takeUpDue(stage, job.id());
            assertThat(ended(stage, idle, job).state()).isEqualTo(JobState.COMPLETED);
            assertThat(stage.upstream.ids()).hasSize(1);
            endedOnce(stage, 1);
        }
    }

    private static void takeUpDue(Stage stage, JobId job) {
        Await.until("it has ended, or is due", () -> {
            stage.db.writer().write("x", tx -> {
                tx.update("update due_work set due_at = 0 where owner is null and rank is null");
                return tx.update("update due_work set lease_until = 0 where kind = 'job' and owner = 'node-0'");
            });
            return stage.count("jobs where state = 'completed' and id = '" + job.text() + "'") == 1;
        });
    }

    @OnBothDatabases
    void K3_without_a_callback_the_job_ends_unknown_behind_the_grace_and_is_released(TestDatabase db) throws Exception {
        try (Stage stage = new Stage(db, new CallbackSettings(Duration.ofMinutes(1), Duration.ofMillis(300), 1000))) {
            Stage.Node node = stage.running();
            Job job = diedBeforeTheIdWasStored(stage, node);
            takeUpAgain(stage, job.id());
            Job ended = ended(stage, node, job);
            assertThat(ended.problem()).isEqualTo(ProblemCode.UPSTREAM_UNKNOWN);
            assertThat(stage.rooms.spent()).isEqualTo(Money.ZERO);
            assertThat(stage.count("jobs where exposed = 1")).isEqualTo(1);
            String id = stage.upstream.ids().getFirst();
            assertThat(stage.upstream.webhook(id, stage.now()).send(node.door()).status())
                    .isEqualTo(204);
            assertThat(stage.rooms.spent()).isEqualTo(Money.ZERO);
        }
    }
}
