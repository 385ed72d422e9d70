package dev.millrace.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.SqlDialect;
import dev.millrace.jobs.Checkpoint;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Canary;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.Script;
import dev.millrace.testkit.ScriptedUpstream;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.WebhookSink;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills the server at every durable step of {@link KillPoint}, {@code -Dkill.seeds=50} times each, again and again upon one
 * installation. After each kill the invariants of money and jobs hold in what lies in the database; in the end every request
 * that was ever sent, answered or not, is one job, done and charged once, told once, or canceled as it was asked and not charged; and nowhere is
 * what was asked for. Of three requests one names a picture by its URL, and one an upload. {@code -Dkill.points=K4,K9} leaves the others out.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("kill.seeds", 1);
    private static final List<String> POINTS =
            List.of(System.getProperty("kill.points", "K").split(","));
    private static final int NTH_MAX = 4;
    private static final int KILLED = 137;
    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final Duration RECOVERY = Duration.ofSeconds(90);

    private static final byte[] PICTURE = picture();

    private final Canary canary = new Canary("a canary \"sings\" above the golden sea");
    private final Map<KillPoint, Integer> kills = new EnumMap<>(KillPoint.class);
    private final Map<KillPoint, Integer> requests = new EnumMap<>(KillPoint.class);

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void nothing_is_lost_or_charged_twice(SqlDialect dialect) throws IOException {
        SplittableRandom random = Seeds.random("KillTest " + dialect);
        try (WebhookSink sink = WebhookSink.start();
                ScriptedUpstream files = ScriptedUpstream.start();
                Installed installed = Installed.on(dialect, data)) {
            files.script(Script.status(200, List.of("Content-Type: image/png"), PICTURE));
            Customer customer =
                    new Customer(installed.init(Map.of()), canary.text(), sink.url(), files.url("/picture.png"));
            for (int round = 1; round <= KILLS; round++) {
                for (KillPoint point : KillPoint.values()) {
                    if (POINTS.stream().anyMatch(point.name()::startsWith)) {
                        kill(installed, point, 1 + random.nextInt(NTH_MAX), customer, sink);
                        installed.inspect(false);
                    }
                }
            }
            recover(installed, customer, sink);
            installed.inspect(true);
            assertThat(installed.count("select count(*) from job_inputs")
                            + installed.count("select count(*) from assets where kind = 'input' and state = 'stored'"))
                    .as("files kept for jobs that have ended")
                    .isZero();
            assertThat(canary.below(data)).isEmpty();
            report(dialect, customer);
        }
    }

    private static byte[] picture() {
        try (var out = new ByteArrayOutputStream()) {
            ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void kill(Installed installed, KillPoint point, int nth, Customer customer, WebhookSink sink) {
        int before = customer.requests.size();
        Checkpoint checkpoint = point.checkpoint();
        if (checkpoint == null) {
            killAtWebhook(installed, point, customer, sink);
        } else {
            killAt(installed, point, checkpoint + ":" + nth, nth, customer);
        }
        kills.merge(point, 1, Integer::sum);
        requests.merge(point, customer.requests.size() - before, Integer::sum);
    }

    private static void killAt(Installed installed, KillPoint point, String halt, int nth, Customer customer) {
        Program server = installed.serve(Map.of("MILLRACE_TEST_HALT_AT", halt));
        // What an earlier kill left may reach the point first, and then the server dies before it is asked.
        Installed.ready(server).ifPresent(url -> {
            customer.upload(url, PICTURE);
            for (int sent = 0; customer.submitNew(url, point); sent++) {
                assertThat(sent).as("requests without a kill").isLessThan(100);
                if (sent >= nth && server.endsWithin(A_WHILE)) {
                    break;
                }
            }
        });
        Program.Ended ended = server.await();
        assertThat(ended.code()).as(point + "\n" + ended.out() + ended.err()).isEqualTo(KILLED);
    }

    /** The receiver holds its answer back, and the server dies waiting for it: the same event has to come again. */
    private static void killAtWebhook(Installed installed, KillPoint point, Customer customer, WebhookSink sink) {
        sink.answering(Script.status(200).after(new CompletableFuture<>()));
        Program server = installed.serve(Map.of());
        URI url = Installed.ready(server).orElseThrow(() -> new AssertionError(server.err()));
        int told = sink.deliveries().size();
        assertThat(customer.submitNew(url, point)).isTrue();
        Await.until("a webhook is sent", RECOVERY, () -> sink.deliveries().size() > told);
        server.kill();
        sink.answering(200);
    }

    private void recover(Installed installed, Customer customer, WebhookSink sink) {
        Program server = installed.serve(Map.of());
        URI url = Installed.ready(server).orElseThrow(() -> new AssertionError(server.err()));
        customer.submitUnanswered(url);
        Await.until(
                "every request has ended",
                RECOVERY,
                () -> customer.requests.values().stream()
                        .map(Optional::orElseThrow)
                        .allMatch(id -> ended(customer, id, customer.status(url, id))));
        long completed = customer.requests.values().stream()
                .filter(id -> customer.status(url, id.orElseThrow()).equals("completed"))
                .count();
        Await.until(
                "every completed request is told", RECOVERY, () -> events(sink).size() >= completed);
        assertThat(events(sink)).as("events, by webhook-id").hasSize((int) completed);
        if (kills.containsKey(KillPoint.K9_WEBHOOK_SENT_ANSWER_NOT_RECORDED)) {
            assertThat(events(sink).values())
                    .as("what was sent and not recorded came again under its id")
                    .anyMatch(times -> times > 1);
        }
        Program.Ended end = server.terminate();
        assertThat(canary.in(end.out() + end.err())).as("the log").isEmpty();
    }

    private static boolean ended(Customer customer, String id, String status) {
        return status.equals("completed") || status.equals("canceled") && customer.cancels.contains(id);
    }

    private static Map<String, Long> events(WebhookSink sink) {
        Map<String, Long> byId = new HashMap<>();
        sink.deliveries().forEach(delivery -> byId.merge(delivery.header("webhook-id"), 1L, Long::sum));
        return byId;
    }

    private void report(SqlDialect dialect, Customer customer) {
        kills.forEach((point, times) -> System.out.printf(
                "%s %s: %d kills, %d requests%n", dialect, point, times, requests.getOrDefault(point, 0)));
        System.out.printf(
                "%s: %d requests, %d of them canceled in between; each one job, ended and charged at most once, told once%n",
                dialect, customer.requests.size(), customer.cancels.size());
    }
}
