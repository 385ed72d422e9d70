package dev.millrace.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.Database;
import dev.millrace.db.DatabaseSettings;
import dev.millrace.jobs.Checkpoint;
import dev.millrace.json.Json;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.Canary;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.Program;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.WebhookSink;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Kills the server at one durable step, again and again upon one data directory: {@code -Dkill.seeds=50} times. After each
 * kill the invariants of money and jobs hold in what lies on the disk; in the end every request that was ever sent, answered
 * or not, is one job, done and charged once, told once, and nowhere is what was asked for.
 *
 * <p>The points are K0 (acceptance not committed), K1 (committed, not answered), K5 (output half written), K6 (output whole,
 * end not written), K7 (end not committed) and K8 (committed, webhook not sent).
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("kill.seeds", 6);
    private static final int NTH_MAX = 4;
    private static final int KILLED = 137;
    private static final Pattern READY = Pattern.compile("millrace ready on (http://\\S+)");
    private static final Duration A_WHILE = Duration.ofMillis(300);
    private static final Duration RECOVERY = Duration.ofSeconds(60);

    private final Canary canary = new Canary("a canary \"sings\" above the golden sea");

    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(
            value = Checkpoint.class,
            names = {
                "ACCEPT_BEFORE_COMMIT",
                "ACCEPTED",
                "ASSET_PARTIAL",
                "ASSET_STORED",
                "FINISH_BEFORE_COMMIT",
                "FINISHED"
            })
    void nothing_is_lost_or_charged_twice(Checkpoint point) throws IOException {
        SplittableRandom random = Seeds.random("KillTest " + point);
        try (WebhookSink sink = WebhookSink.start()) {
            Program.Ended init = Program.run("admin", "init", "--data", data.toString(), "--wallet", "1000", "--json");
            JsonNode made = Json.readOwn(init.out());
            String key = made.path("key_id").asString() + ":"
                    + made.path("key_secret").asString();
            Customer customer = new Customer(key, canary.text(), sink.url());
            for (int kill = 1; kill <= KILLS; kill++) {
                killAt(point, 1 + random.nextInt(NTH_MAX), customer);
                inspect(false);
            }
            recover(customer, sink);
            inspect(true);
            assertThat(canary.below(data)).isEmpty();
            System.out.printf(
                    "%s: %d kills, %d requests, each one job, completed and charged once, told once%n",
                    point, KILLS, customer.requests.size());
        }
    }

    private void killAt(Checkpoint point, int nth, Customer customer) {
        Program server = serve(environment("MILLRACE_TEST_HALT_AT", point + ":" + nth));
        // What an earlier kill left may reach the point first, and then the server dies before it is asked.
        ready(server).ifPresent(url -> {
            for (int sent = 0; customer.submitNew(url); sent++) {
                assertThat(sent).as("requests without a kill").isLessThan(100);
                if (sent >= nth && server.endsWithin(A_WHILE)) {
                    break;
                }
            }
        });
        Program.Ended ended = server.await();
        assertThat(ended.code()).as(ended.out() + ended.err()).isEqualTo(KILLED);
    }

    private void recover(Customer customer, WebhookSink sink) {
        Program server = serve(environment());
        URI url = ready(server).orElseThrow(() -> new AssertionError(server.err()));
        customer.submitUnanswered(url);
        Await.until(
                "every request is completed",
                RECOVERY,
                () -> customer.requests.values().stream()
                        .map(Optional::orElseThrow)
                        .allMatch(id -> customer.status(url, id).equals("completed")));
        Await.until("every request is told", RECOVERY, () -> events(sink).size() >= customer.requests.size());
        assertThat(events(sink)).as("events, by webhook-id").hasSize(customer.requests.size());
        Program.Ended ended = server.terminate();
        assertThat(canary.in(ended.out() + ended.err())).as("the log").isEmpty();
    }

    private Program serve(Map<String, String> environment) {
        return Program.start(environment, List.of("serve", "--port", "0", "--data", data.toString()));
    }

    /** Where it listens, once it does; empty when it ended before. */
    private static Optional<URI> ready(Program server) {
        Await.until("the server is ready", RECOVERY, () -> listening(server).isPresent() || !server.running());
        return listening(server);
    }

    private static Optional<URI> listening(Program server) {
        return READY.matcher(server.out()).results().findFirst().map(found -> URI.create(found.group(1)));
    }

    private static Map<String, Long> events(WebhookSink sink) {
        Map<String, Long> byId = new HashMap<>();
        sink.deliveries().forEach(delivery -> byId.merge(delivery.header("webhook-id"), 1L, Long::sum));
        return byId;
    }

    private void inspect(boolean atRest) {
        DatabaseSettings settings = DatabaseSettings.DEFAULTS.withUrl("sqlite:" + data.resolve("millrace.db"));
        try (Database database =
                Database.open(settings, InstantSource.system(), new Random(1), new SimpleMeterRegistry())) {
            if (atRest) {
                MoneyChecker.atRest(database);
            } else {
                MoneyChecker.underLoad(database);
            }
        }
    }

    private static Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("MILLRACE_EGRESS_ALLOW", "127.0.0.0/8");
        environment.put("MILLRACE_LIMITS_REQUESTS_PER_MINUTE", "1000000");
        // Or a job that was running at nine of the kills would be given up as the one that caused them.
        environment.put("MILLRACE_JOBS_MAX_CLAIMS", "1000000");
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }
}
