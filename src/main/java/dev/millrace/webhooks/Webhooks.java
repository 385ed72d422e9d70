package dev.millrace.webhooks;

import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The delivery of events on this node: the outbox, the workers that empty it, and the look at what they did. */
public final class Webhooks implements AutoCloseable {
    private static final String SWEEP = "webhook-sweep";
    private static final String ONLY = "all";
    private static final Duration SWEEP_PACE = Duration.ofHours(1);
    private static final int SWEEP_MAX = 500;

    private final Database database;
    private final DueWork dueWork;
    private final WebhookSettings settings;
    private final DeliveryStore store = new DeliveryStore();
    private final PassingStore passing = new PassingStore();
    private final AttemptRecord record;
    private final Outbox outbox;
    private final Workers deliverers;
    private final Workers sweepers;

    /**
     * @param policies every policy that a stored delivery may name
     * @param owner names this start of this node
     * @param random makes the waits uneven
     * @param clock says when an attempt is signed
     */
    public Webhooks(
            Database database,
            DueWork dueWork,
            Seal seal,
            Egress egress,
            List<DeliveryPolicy> policies,
            WebhookSettings settings,
            String owner,
            RandomGenerator random,
            InstantSource clock,
            MeterRegistry metrics) {
        this.database = database;
        this.dueWork = dueWork;
        this.settings = settings;
        var sealed = new SealedDelivery(seal);
        Map<String, DeliveryPolicy> byName =
                policies.stream().collect(Collectors.toUnmodifiableMap(DeliveryPolicy::name, Function.identity()));
        this.record = new AttemptRecord(dueWork, store, passing);
        var deliverer = new Deliverer(
                database,
                dueWork,
                store,
                passing,
                sealed,
                record,
                new HostPlaces(settings.maxPerHost(), System::nanoTime),
                egress,
                name -> policy(byName, name),
                random,
                clock,
                metrics);
        WorkersSettings workers = WorkersSettings.DEFAULTS.withMaxRunning(settings.maxRunning());
        this.deliverers = new Workers(database, dueWork, Outbox.KIND, owner, workers, deliverer, metrics);
        this.sweepers = new Workers(
                database,
                dueWork,
                SWEEP,
                owner,
                WorkersSettings.DEFAULTS.withMaxRunning(1).withPace(Duration.ofMinutes(1)),
                (claim, guard) -> sweep(claim),
                metrics);
        this.outbox = new Outbox(store, passing, dueWork, sealed, deliverers::wake);
        deliverer.wakesBy(deliverers::wake);
    }

    public Outbox outbox() {
        return outbox;
    }

    /** Has the listener hear of every delivery that ends, passing events excepted; to be called before the start. */
    public void listen(DeliveryListener listener) {
        record.listen(listener);
    }

    /** Begins to deliver. */
    public void start() {
        database.writer().write(SWEEP, tx -> dueWork.add(tx, SWEEP, ONLY, ONLY, tx.now()));
        deliverers.start();
        sweepers.start();
    }

    /** Begins no more attempts, and lets those that run finish for the given time. */
    public void drain(Duration limit) {
        deliverers.drain(limit);
        sweepers.drain(limit);
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    /** How far the delivery of an event has come; empty when there is none, or its record was pruned. */
    public Optional<DeliveryState> state(Tx tx, String event) {
        return store.state(tx, event);
    }

    /** The attempts to deliver an event, in their order. */
    public List<Attempt> attempts(Tx tx, String event) {
        return store.attempts(tx, event);
    }

    /** Removes up to {@code max} records of deliveries that ended longer ago than they are kept, and says how many. */
    int prune(Tx tx, int max) {
        return store.prune(tx, tx.now().minus(settings.keep()), max);
    }

    private void sweep(Claim claim) {
        database.writer().write(SWEEP, tx -> {
            int removed = prune(tx, SWEEP_MAX);
            return dueWork.reschedule(tx, claim, removed < SWEEP_MAX ? tx.now().plus(SWEEP_PACE) : tx.now());
        });
    }

    private static DeliveryPolicy policy(Map<String, DeliveryPolicy> byName, String name) {
        DeliveryPolicy policy = byName.get(name);
        if (policy == null) {
            throw new IllegalStateException("no delivery policy is called " + name);
        }
        return policy;
    }
}
