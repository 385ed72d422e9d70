package dev.millrace.billing.allowance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.access.Principal;
import dev.millrace.billing.BlockLedger;
import dev.millrace.billing.Quote;
import dev.millrace.catalog.PriceList;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.lease.Claim;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.wallet.Blocks;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Reserves;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants live requests of this node from durable blocks. A block whose node died is given back by the sweep of any node, as far as
 * nothing of it was written.
 */
public final class Allowances implements Reserves.Keeper, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Allowances.class);
    private static final Duration TICK = Duration.ofMillis(250);
    private static final int TICKS_TO_LOOK = 4;
    private static final int TICKS_TO_PROLONG = 40;
    private static final long PATIENCE = 2_000;
    private static final int PRICES = 1_000;

    private record Priced(String model, String version) {}

    private final AllowanceParts parts;
    private final BlockLedger ledger;
    private final BlockWriter writer;
    private final Workers sweep;
    private final Counter granted;
    private final ConcurrentHashMap<Spender, Allowance> spenders = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<OrganizationId, AtomicLong> returns = new ConcurrentHashMap<>();
    private final Cache<Priced, PriceList> prices =
            Caffeine.newBuilder().maximumSize(PRICES).build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("allowances").factory());
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile boolean closed;
    private int ticks;

    public Allowances(AllowanceParts parts) {
        this.parts = parts;
        this.ledger = parts.billing().blocks();
        this.writer = new BlockWriter(
                parts, ledger, timer, block -> returned(block.spender().organization()));
        this.granted = parts.metrics().counter("millrace.allowance.granted");
        Gauge.builder("millrace.allowance.unwritten", writer::waiting).register(parts.metrics());
        this.sweep = new Workers(
                parts.database(),
                parts.dueWork(),
                Blocks.KIND,
                parts.owner(),
                WorkersSettings.DEFAULTS.withPace(Duration.ofSeconds(5)),
                this::giveBack,
                parts.metrics());
    }

    /** Begins to give back the blocks of nodes that died; and, unless holds are strict, to grant. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        sweep.start();
        if (!parts.settings().strict()) {
            parts.billing().reserves().lend(this);
            parts.billing().onGuard(this::close);
            var unused =
                    timer.scheduleWithFixedDelay(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * What one request may spend of a block of its spender; null when it must be held for strictly: holds are strict, it was quoted
     * with a binding quote or for nothing, no block has room, or too much waits to be written.
     */
    public @Nullable Grant grant(HoldId id, Principal who, Quote quote) {
        if (parts.settings().strict()
                || closed
                || quote.id() != null
                || !quote.max().isPositive()
                || writer.waiting() >= parts.pace().unwritten()) {
            return null;
        }
        Allowance allowance =
                spenders.computeIfAbsent(who.spender(), fresh -> new Allowance(parts, ledger, writer, who));
        PriceList list = list(quote);
        Block block = allowance.take(quote.max().nanos());
        if (block == null) {
            return null;
        }
        granted.increment();
        return new Grant(block, id, quote, list, parts.clock().instant());
    }

    private PriceList list(Quote quote) {
        Priced name = new Priced(quote.model(), quote.priceVersion());
        PriceList known = prices.getIfPresent(name);
        if (known != null) {
            return known;
        }
        PriceList found = parts.database().read(tx -> ledger.prices(tx, quote));
        prices.put(name, found);
        return found;
    }

    @Override
    public void settle() {
        if (writer.waiting() > 0) {
            waiting(List.copyOf(spenders.values()), allowance -> allowance.settle(PATIENCE));
        }
    }

    @Override
    public void settle(OrganizationId organization) {
        List<Allowance> own = of(organization);
        waiting(own, allowance -> allowance.settle(PATIENCE));
        own.forEach(Allowance::closeIdle);
        waiting(own, allowance -> allowance.awaitReturn(PATIENCE));
    }

    @Override
    public void giveBack(OrganizationId organization) {
        List<Allowance> own = of(organization);
        own.forEach(Allowance::pause);
        waiting(own, allowance -> allowance.awaitReturn(PATIENCE));
    }

    /** Closes all blocks of an organization: something else limits what it may spend. */
    private void close(OrganizationId organization) {
        of(organization).forEach(Allowance::close);
    }

    @Override
    public long returns(OrganizationId organization) {
        AtomicLong count = returns.get(organization);
        return count == null ? 0 : count.get();
    }

    private void returned(OrganizationId organization) {
        returns.computeIfAbsent(organization, fresh -> new AtomicLong()).incrementAndGet();
    }

    private List<Allowance> of(OrganizationId organization) {
        return spenders.values().stream()
                .filter(allowance -> allowance.who().organization().equals(organization))
                .toList();
    }

    private interface Wait {
        void on(Allowance allowance) throws InterruptedException;
    }

    private static void waiting(List<Allowance> allowances, Wait wait) {
        try {
            for (Allowance allowance : allowances) {
                wait.on(allowance);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            ticks++;
            spenders.values().removeIf(Allowance::retire);
            for (Allowance allowance : spenders.values()) {
                allowance.tidy();
                if (parts.stops().apply(allowance.who()).isPresent()) {
                    allowance.close();
                }
            }
            if (ticks % TICKS_TO_LOOK == 0) {
                closeGuarded();
            }
            if (ticks % TICKS_TO_PROLONG == 0) {
                spenders.values().forEach(Allowance::prolong);
            }
        } catch (RuntimeException away) {
            LOG.warn("blocks could not be looked after: {}", away.toString());
        }
    }

    /** Closes blocks that were taken before a cap was set, or a grant given, on whatever node. */
    private void closeGuarded() {
        List<Allowance> having = spenders.values().stream()
                .filter(allowance -> !allowance.blocks().isEmpty())
                .toList();
        if (having.isEmpty()) {
            return;
        }
        List<Allowance> late = parts.database()
                .read(tx -> having.stream()
                        .filter(allowance -> {
                            Instant set = ledger.guardedAt(tx, allowance.who().organization());
                            return allowance.blocks().stream().anyMatch(block -> set.isAfter(block.openedAt()));
                        })
                        .toList());
        late.forEach(Allowance::close);
    }

    private void giveBack(Claim claim, LeaseGuard guard) {
        parts.database().writer().<Boolean>write(claim.part(), tx -> {
            if (parts.dueWork().finish(tx, claim)) {
                ledger.end(tx, new HoldId(Blocks.KIND + ":" + claim.id()));
            }
            return true;
        });
    }

    /** Stops where it stands, as a node that dies: nothing is written or given back any more. For tests. */
    void abandon() {
        closed = true;
        timer.shutdownNow();
        sweep.close();
    }

    /** Grants no more, writes all that has ended, and gives every block back of which nothing is granted. */
    @Override
    public void close() {
        closed = true;
        List<Allowance> all = List.copyOf(spenders.values());
        all.forEach(Allowance::close);
        waiting(all, allowance -> allowance.awaitReturn(5 * PATIENCE));
        timer.shutdownNow();
        sweep.close();
    }
}
