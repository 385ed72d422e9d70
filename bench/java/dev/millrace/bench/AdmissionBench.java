package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedText;
import dev.millrace.admission.Ask;
import dev.millrace.billing.Bill;
import dev.millrace.billing.BillingSettings;
import dev.millrace.billing.allowance.AllowanceParts;
import dev.millrace.billing.allowance.Allowances;
import dev.millrace.billing.allowance.Grant;
import dev.millrace.billing.allowance.Pace;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.RequestId;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.HoldId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What it costs of a processor to let a live request in, step by step: the key, then also the limits, the parameters and the quote,
 * then also the grant from a block, the same and its charge, written in batches, and then instead of them the hold, durable with its due
 * work as the relay takes it, and with its durable charge. All that this process spends counts, the collector and the
 * lanes' threads included; so does SQLite, but not PostgreSQL's own processes. Medians of slices of many requests.
 */
final class AdmissionBench implements Benchmark {
    private static final int CALLERS = 256;
    private static final int SLICES = Integer.getInteger("millrace.bench.slices", 25);
    private static final int REQUESTS = 20_000;
    private static final List<Message> MESSAGES = List.of(
            new Message(Message.Role.SYSTEM, "You are a helpful assistant of a shop that sells lamps."),
            new Message(Message.Role.USER, "Which lamp would you take for a small desk by the window, and why?"));

    @Override
    public void run(PrintStream out) throws Exception {
        for (SqlDialect dialect : Databases.chosen()) {
            try (TestDatabase test = TestDatabase.open(dialect);
                    JobRooms rooms = JobRooms.idle(test.database(), Files.createTempDirectory("millrace-bench"))) {
                try (Way way = new Way(test.database(), rooms)) {
                    print(out, dialect, "key", way::key);
                    print(out, dialect, "key, limits, quote", way::admitted);
                    print(out, dialect, "key, limits, quote, grant", way::granted);
                    way.told(out);
                    print(out, dialect, "and its charge, in batches", way::grantedAndCharged);
                    way.told(out);
                    print(out, dialect, "key, limits, quote, hold", way::held);
                    print(out, dialect, "and its charge, durable", way::heldAndCharged);
                }
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
    private static final class Way implements AutoCloseable {
        private final Database database;
        private final JobRooms rooms;
        private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
        private final DueWork dueWork = new DueWork();
        private final LongAdder asked = new LongAdder();
        private final LongAdder strict = new LongAdder();
        private final StrictHolds holds;
        private final Allowances allowances;
        private final Access access;
        private final String key;

        Way(Database database, JobRooms rooms) {
            this.database = database;
            this.rooms = rooms;
            this.holds = new StrictHolds(database, rooms.billing, dueWork);
            this.allowances = new Allowances(new AllowanceParts(
                    database,
                    dueWork,
                    rooms.billing,
                    who -> Optional.empty(),
                    ids,
                    InstantSource.system(),
                    new SimpleMeterRegistry(),
                    "bench",
                    BillingSettings.DEFAULTS.withBlocks(),
                    Pace.USUAL));
            allowances.start();
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

        void granted() {
            AdmittedText request = admitted();
            grant(request, ids.request());
        }

        void grantedAndCharged() {
            AdmittedText request = admitted();
            RequestId id = ids.request();
            Grant grant = grant(request, id);
            if (grant == null) {
                charge(request, id);
            } else {
                grant.settle(bill(request), List.of());
            }
        }

        /** From a block, or else, where none has room, strictly as the relay does. */
        private @Nullable Grant grant(AdmittedText request, RequestId id) {
            Grant grant = allowances.grant(HoldId.of(id), request.principal(), request.quote());
            asked.increment();
            if (grant == null) {
                strict.increment();
                holds.take(request, id);
            }
            return grant;
        }

        /** How many of those that asked for a grant had none. */
        void told(PrintStream out) {
            out.printf(
                    "           of %,d that asked for a grant %,d were held for strictly%n", asked.sum(), strict.sum());
        }

        void held() {
            holds.take(admitted(), ids.request());
        }

        void heldAndCharged() {
            AdmittedText request = admitted();
            RequestId id = ids.request();
            holds.take(request, id);
            charge(request, id);
        }

        private void charge(AdmittedText request, RequestId id) {
            Bill bill = bill(request);
            database.writer().write(request.principal().organization().text(), tx -> {
                dueWork.removeUnclaimed(tx, "live", id.text());
                return rooms.billing.settle(tx, HoldId.of(id), bill);
            });
        }

        private static Bill bill(AdmittedText request) {
            return new Bill(
                    request.principal().key(),
                    request.model().id(),
                    request.quote().priceVersion(),
                    request.parameters(),
                    Units.of(Unit.INPUT_TOKEN, 30).with(Unit.OUTPUT_TOKEN, 120),
                    UnitsSource.UPSTREAM,
                    "sandbox",
                    Modality.LANGUAGE,
                    "bench",
                    Money.ZERO,
                    UsageStatus.COMPLETED,
                    null,
                    900,
                    100L);
        }

        @Override
        public void close() {
            allowances.close();
        }
    }
}
