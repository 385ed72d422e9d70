package dev.millrace.billing.allowance;

import dev.millrace.access.Principal;
import dev.millrace.billing.BlockLedger;
import dev.millrace.billing.BlockLedger.Opened;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.wallet.Blocks;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one spender: one that is granted from, the next one, and those that are closed and wait for what they granted to end.
 * Nobody waits for a block: who finds none is held for strictly, and is a reason to open one.
 */
final class Allowance {
    private static final long SECOND = 1_000;
    private static final long PAUSE = 5_000;
    private static final long FOREVER = Duration.ofDays(36_500).toMillis();

    private final AllowanceParts parts;
    private final BlockLedger ledger;
    private final BlockWriter writer;
    private final Spender spender;
    private final Principal who;
    private final Set<Block> blocks = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Block current;
    private volatile @Nullable Block next;
    private volatile @Nullable CompletableFuture<?> opening;

    // All below is guarded by this allowance's own lock.
    private final Size size;
    private long second;
    private int asked;
    private long notBefore;
    private long closings;
    private boolean retired;

    Allowance(AllowanceParts parts, BlockLedger ledger, BlockWriter writer, Principal who) {
        this.parts = parts;
        this.ledger = ledger;
        this.writer = writer;
        this.who = who;
        this.spender = who.spender();
        this.size = new Size(parts.settings().blockUsd().nanos());
    }

    Principal who() {
        return who;
    }

    Set<Block> blocks() {
        return blocks;
    }

    /** The block that so much was taken of; null when there is none, and the request must be held for strictly. */
    @Nullable
    Block take(long nanos) {
        long now = parts.clock().millis();
        Block block = current;
        if (block != null && block.take(nanos, now)) {
            if (next == null && opening == null && block.low()) {
                ahead(nanos, now);
            }
            return block;
        }
        return fromNext(nanos, now);
    }

    private synchronized void ahead(long nanos, long now) {
        size.request(nanos);
        openIfWorth(now);
    }

    private synchronized @Nullable Block fromNext(long nanos, long now) {
        size.request(nanos);
        Block used = current;
        Block fresh = next;
        if (fresh != null && fresh.take(nanos, now)) {
            if (used != null) {
                size.lasted(now - used.since());
                used.close(now);
            }
            current = fresh;
            next = null;
            return fresh;
        }
        if (now - second >= SECOND) {
            second = now;
            asked = 0;
        }
        if (++asked >= parts.pace().asked() || used != null) {
            openIfWorth(now);
        }
        return null;
    }

    private void openIfWorth(long now) {
        if (retired || opening != null || next != null || now < notBefore) {
            return;
        }
        Money least = Money.ofNanos(size.least());
        Money wanted = Money.ofNanos(size.wanted(asked));
        if (wanted.compareTo(least) < 0) {
            notBefore = now + SECOND;
            return;
        }
        open(least, wanted, now);
    }

    private void open(Money least, Money wanted, long now) {
        HoldId id = new HoldId(Blocks.KIND + ":" + parts.ids().request().text());
        String lane = spender.organization().text();
        long closingsThen = closings;
        CompletableFuture<Void> done = new CompletableFuture<>();
        opening = done;
        var unused = parts.database()
                .writer()
                .submit(lane, tx -> {
                    Optional<Opened> opened = ledger.open(
                            tx, spender, id, least, wanted, parts.settings().blockShare(), parts.owner());
                    if (opened.isPresent()) {
                        String name = id.text().substring(Blocks.KIND.length() + 1);
                        parts.dueWork()
                                .add(
                                        tx,
                                        Blocks.KIND,
                                        name,
                                        lane,
                                        tx.now().plus(parts.pace().lease()));
                    }
                    return opened;
                })
                .whenCompleteAsync(
                        (opened, failure) -> {
                            opened(id, failure == null ? opened.orElse(null) : null, now, closingsThen);
                            done.complete(null);
                        },
                        writer.after());
    }

    private synchronized void opened(HoldId id, @Nullable Opened opened, long asOf, long closingsThen) {
        opening = null;
        long now = parts.clock().millis();
        if (opened == null) {
            notBefore = Math.max(notBefore, now + SECOND);
            return;
        }
        Block block = new Block(id, spender, opened, writer, now, asOf + window(opened));
        block.prolong(asOf + safe());
        blocks.add(block);
        if (retired || closings != closingsThen) {
            block.close(now);
        } else if (current == null || current.closed()) {
            current = block;
        } else {
            next = block;
        }
    }

    /** How long after it was taken the window ends that it is counted in. */
    private static long window(Opened opened) {
        return opened.until().equals(Instant.MAX)
                ? FOREVER
                : Duration.between(opened.at(), opened.until()).toMillis();
    }

    /** How long after its due work was put off a block grants for sure: a third less than it is left alone. */
    private long safe() {
        return parts.pace().lease().toMillis() * 2 / 3;
    }

    /** Puts the end by others of all blocks off; those that others have ended grant no more. */
    void prolong() {
        long now = parts.clock().millis();
        String lane = spender.organization().text();
        for (Block block : blocks) {
            var unused = parts.database()
                    .writer()
                    .submit(
                            lane,
                            tx -> parts.dueWork()
                                    .putOff(
                                            tx,
                                            Blocks.KIND,
                                            BlockWriter.name(block),
                                            tx.now().plus(parts.pace().lease())))
                    .whenCompleteAsync(
                            (ours, failure) -> {
                                if (failure == null && ours) {
                                    block.prolong(now + safe());
                                } else if (failure == null) {
                                    block.close(now);
                                }
                            },
                            writer.after());
        }
    }

    /** Closes what is idle, old, or of a window that has ended. */
    synchronized void tidy() {
        long now = parts.clock().millis();
        for (Block block : blocks) {
            boolean idle = now - block.asked() >= parts.pace().idle().toMillis();
            if (idle
                    || block.past(now)
                    || now - block.since() >= parts.pace().age().toMillis()) {
                if (block == current) {
                    size.lasted(Long.MAX_VALUE);
                }
                block.close(now);
            }
        }
        forgetClosed();
    }

    private void forgetClosed() {
        if (current != null && current.closed()) {
            current = next;
            next = null;
        }
        blocks.removeIf(Block::over);
    }

    /** Closes all of them, and one that is being opened. */
    synchronized void close() {
        closings++;
        long now = parts.clock().millis();
        blocks.forEach(block -> block.close(now));
        current = null;
        next = null;
    }

    /** The same, and opens none for a while. */
    synchronized void pause() {
        notBefore = parts.clock().millis() + PAUSE;
        close();
    }

    /** Closes those of which nothing is granted. */
    synchronized void closeIdle() {
        long now = parts.clock().millis();
        blocks.forEach(block -> block.closeIdle(now));
        forgetClosed();
    }

    /** Waits for what is being opened, and until what is closed has gone back. */
    void awaitReturn(long millis) throws InterruptedException {
        CompletableFuture<?> pending = opening;
        if (pending != null) {
            Waiting.until(pending, millis);
        }
        for (Block block : List.copyOf(blocks)) {
            if (block.closed()) {
                block.awaitReturn(millis);
            }
        }
    }

    /** Writes what has ended up to now and waits for it. */
    void settle(long millis) throws InterruptedException {
        for (Block block : List.copyOf(blocks)) {
            long count = block.endedSoFar();
            block.flush();
            block.await(count, millis);
        }
    }

    /** Ends it for good when it has no block and nobody asked of it for a while. */
    synchronized boolean retire() {
        boolean unused = blocks.isEmpty()
                && opening == null
                && parts.clock().millis() - second > parts.pace().age().toMillis();
        retired |= unused;
        return retired;
    }
}
