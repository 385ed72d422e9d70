package dev.millrace.bench;

import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Environment;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedText;
import dev.millrace.admission.Ask;
import dev.millrace.billing.BillingSettings;
import dev.millrace.billing.Unpaid;
import dev.millrace.billing.allowance.AllowanceParts;
import dev.millrace.billing.allowance.Allowances;
import dev.millrace.billing.allowance.Grant;
import dev.millrace.billing.allowance.Pace;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.IdSource;
import dev.millrace.id.RequestId;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitCounters;
import dev.millrace.limits.LimitRules;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.meter.Modality;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets live requests in with all that counts them: the key, requests and tokens a minute and live requests at once by a plan and by
 * modality, parameters, quote, and what it may spend of a durable block, or a durable hold of its own where no block has room.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
public class AdmissionTimes {
    private static final int MANY = 1_000_000_000;
    private static final Dialogue DIALOGUE = Dialogue.of(List.of(
            new Message(Message.Role.SYSTEM, "You are a helpful assistant of a shop that sells lamps."),
            new Message(Message.Role.USER, "Which lamp would you take for a small desk by the window, and why?")));

    /** On which database; one of {@link SqlDialect}. */
    @Param({"SQLITE", "POSTGRESQL"})
    public String database = "SQLITE";

    private final IdSource ids = new IdSource(InstantSource.system(), new SecureRandom());
    private @Nullable Rooms rooms;
    private @Nullable Entry entry;

    /** A request that was let in. */
    private record Entry(
            AdmittedText request, Permit permit, @Nullable Grant grant) {}

    private record Rooms(
            TestDatabase test,
            JobRooms jobs,
            LimitCounters counters,
            Allowances allowances,
            StrictHolds holds,
            Access access,
            Admission admission,
            String key) {}

    /** Opens everything. */
    @Setup
    public void open() throws IOException {
        TestDatabase test = TestDatabase.open(SqlDialect.valueOf(database));
        JobRooms jobs = JobRooms.idle(test.database(), Files.createTempDirectory("millrace-bench"));
        LimitBook book = new LimitBook(test.database());
        LimitCounters counters = LimitCounters.open(
                new LimitSettings(MANY, MANY, MANY, MANY),
                book,
                () -> 1,
                System::nanoTime,
                "bench",
                new SimpleMeterRegistry());
        Access access = new Access(test.database(), ids, AccessSettings.DEFAULTS);
        String key = test.database().writer().write("bench", tx -> {
            book.setOrganization(tx, jobs.principal.organization(), rules());
            return access.create(tx, jobs.principal.organization(), "bench", Environment.TEST)
                    .full();
        });
        DueWork dueWork = new DueWork();
        Allowances allowances = new Allowances(new AllowanceParts(
                test.database(),
                dueWork,
                jobs.billing,
                who -> Optional.empty(),
                ids,
                InstantSource.system(),
                new SimpleMeterRegistry(),
                "bench",
                BillingSettings.DEFAULTS.withBlocks(),
                Pace.USUAL));
        allowances.start();
        Admission admission =
                new Admission(counters.rate(), jobs.catalog, jobs.quotes, test.database(), parameters -> {});
        StrictHolds holds = new StrictHolds(test.database(), jobs.billing, dueWork);
        rooms = new Rooms(test, jobs, counters, allowances, holds, access, admission, key);
    }

    private static LimitRules rules() {
        ObjectNode body = Json.object()
                .put("requests_per_minute", MANY)
                .put("tokens_per_minute", 10L * MANY)
                .put("live_requests", MANY);
        body.putObject("modalities")
                .putObject("language")
                .put("requests_per_minute", MANY)
                .put("live_requests", MANY);
        return LimitRules.parse(body);
    }

    /** The key alone. */
    @Benchmark
    public Principal key() {
        return rooms().access().authenticate(rooms().key());
    }

    /** All of it. */
    @Benchmark
    public Object key_limits_quote_grant() {
        Rooms open = rooms();
        Principal who = open.access().authenticate(open.key());
        Ask ask = new Ask(
                who,
                "bench",
                "sandbox/text",
                Modality.LANGUAGE,
                Json.object().put("max_tokens", 200).put("temperature", 0.7),
                UnknownFields.REJECT,
                null);
        AdmittedText request = open.admission().admitText(ask, DIALOGUE);
        Permit permit = open.counters()
                .permits()
                .take(who.organization(), who.key(), request.model().id(), Modality.LANGUAGE);
        RequestId id = ids.request();
        Grant grant = open.allowances().grant(HoldId.of(id), who, request.quote());
        if (grant == null) {
            open.holds().take(request, id);
        }
        entry = new Entry(request, permit, grant);
        return entry;
    }

    /** The request ends, outside of what is measured. */
    @TearDown(Level.Invocation)
    public void leave() {
        Entry in = entry;
        entry = null;
        if (in != null) {
            in.permit().close();
            if (in.grant() != null) {
                in.grant().release(Unpaid.abandoned(), List.of());
            }
        }
    }

    private Rooms rooms() {
        return Objects.requireNonNull(rooms);
    }

    /** Closes everything. */
    @TearDown
    public void close() {
        Rooms open = rooms();
        open.allowances().close();
        open.counters().close();
        open.jobs().close();
        open.test().close();
    }
}
