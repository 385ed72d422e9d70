package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedText;
import dev.millrace.admission.Ask;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.meter.Modality;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What it costs of a processor to let a live request in, step by step: the key, then also the limits, the parameters and the quote,
 * then also the hold, durable with its due work as the relay takes it. All that this process spends counts, the collector and the
 * lanes' threads included; so does SQLite, but not PostgreSQL's own processes. Medians of slices of many requests.
 */
final class AdmissionBench implements Benchmark {
    private static final int CALLERS = 256;
    private static final int SLICES = 25;
    private static final int REQUESTS = 20_000;
    private static final Duration KEPT_FOR = Duration.ofSeconds(45);
    private static final List<Message> MESSAGES = List.of(
            new Message(Message.Role.SYSTEM, "You are a helpful assistant of a shop that sells lamps."),
            new Message(Message.Role.USER, "Which lamp would you take for a small desk by the window, and why?"));

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase test = TestDatabase.open(dialect);
                    JobRooms rooms = JobRooms.idle(test.database(), Files.createTempDirectory("millrace-bench"))) {
                Way way = new Way(test.database(), rooms);
                print(out, dialect, "key", way::key);
                print(out, dialect, "key, limits, quote", way::admitted);
                print(out, dialect, "key, limits, quote, hold", way::held);
            }
        }
    }

    private static void print(PrintStream out, SqlDialect dialect, String what, Runnable request)
            throws InterruptedException {
        slice(request, 5 * REQUESTS); // warms the code up
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            double before = processorSeconds();
            slice(request, REQUESTS);
            micros.add((processorSeconds() - before) * 1e6 / REQUESTS);
        }
        out.printf("%-10s %-26s %6.2f µs of a processor for each request%n", dialect, what, Rates.median(micros));
    }

    private static void slice(Runnable request, int requests) throws InterruptedException {
        AtomicInteger left = new AtomicInteger(requests);
        Semaphore done = new Semaphore(0);
        for (int i = 0; i < CALLERS; i++) {
            Thread.ofVirtual().start(() -> {
                while (left.getAndDecrement() > 0) {
                    request.run();
                }
                done.release();
            });
        }
        done.acquire(CALLERS);
    }

    private static double processorSeconds() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime() / 1e9;
    }

    /** The way of one request, as far as each step goes. */
    private static final class Way {
        private final Database database;
        private final JobRooms rooms;
        private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
        private final DueWork dueWork = new DueWork();
        private final Access access;
        private final String key;

        Way(Database database, JobRooms rooms) {
            this.database = database;
            this.rooms = rooms;
            this.access = new Access(database, ids, AccessSettings.DEFAULTS);
            this.key = database.writer()
                    .write(
                            "bench",
                            tx -> access.create(tx, rooms.principal.organization(), "bench", Environment.TEST)
                                    .full());
        }

        Principal key() {
            return access.authenticate(key);
        }

        AdmittedText admitted() {
            Ask ask = new Ask(
                    key(),
                    "bench",
                    "sandbox/text",
                    Modality.LANGUAGE,
                    Json.object().put("max_tokens", 200).put("temperature", 0.7),
                    UnknownFields.REJECT,
                    null);
            return rooms.admission.admitText(ask, Dialogue.of(MESSAGES));
        }

        void held() {
            AdmittedText request = admitted();
            String id = ids.request().text();
            String lane = request.principal().organization().text();
            database.writer().write(lane, tx -> {
                rooms.billing.hold(tx, request.principal().spender(), new HoldId("live:" + id), request.quote());
                return dueWork.add(tx, "live", id, lane, tx.now().plus(KEPT_FOR));
            });
        }
    }
}
