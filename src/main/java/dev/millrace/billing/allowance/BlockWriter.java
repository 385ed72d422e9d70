package dev.millrace.billing.allowance;

import dev.millrace.billing.BlockLedger;
import dev.millrace.billing.BlockUse;
import dev.millrace.db.CommitUnknownException;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.wallet.BlockOutcome;
import dev.millrace.wallet.Blocks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what blocks were used for, one batch of a block after the other; a batch that could not be written is sent again. */
final class BlockWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BlockWriter.class);

    private final AllowanceParts parts;
    private final BlockLedger ledger;
    private final ScheduledExecutorService timer;
    private final Consumer<Block> returned;
    private final AtomicLong waiting = new AtomicLong();
    /** What follows a write; the lanes' own threads may not write again. */
    private final Executor after = task -> Thread.ofVirtual().name("allowance").start(task);

    /** @param returned is told of a block when something of it may have gone back; must be quick */
    BlockWriter(AllowanceParts parts, BlockLedger ledger, ScheduledExecutorService timer, Consumer<Block> returned) {
        this.parts = parts;
        this.ledger = ledger;
        this.timer = timer;
        this.returned = returned;
    }

    Executor after() {
        return after;
    }

    /** Counts what has ended and is not durable. */
    void waiting(int more) {
        waiting.addAndGet(more);
    }

    long waiting() {
        return waiting.get();
    }

    void flushSoon(Block block) {
        flushAfter(block, parts.pace().flush());
    }

    /** On another thread: whoever asks may be the writer's own. */
    void flushNow(Block block) {
        flushAfter(block, Duration.ZERO);
    }

    private void flushAfter(Block block, Duration wait) {
        try {
            var unused = timer.schedule(block::flush, wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            block.flush();
        }
    }

    /** @param number of the batch, for the block's ledger */
    void write(Block block, long number, Batch batch) {
        var unused = parts.database()
                .writer()
                .submit(block.spender().organization().text(), tx -> {
                    BlockOutcome outcome = ledger.count(tx, block.id(), number, batch.uses(), batch.back());
                    if (batch.last()) {
                        ledger.end(tx, block.id());
                        parts.dueWork().removeUnclaimed(tx, Blocks.KIND, name(block));
                    }
                    return outcome;
                })
                .whenCompleteAsync(
                        (outcome, failure) -> {
                            if (failure == null) {
                                written(block, batch, outcome);
                            } else {
                                failed(block, batch, failure);
                            }
                        },
                        after);
    }

    private void written(Block block, Batch batch, BlockOutcome outcome) {
        boolean ended = outcome instanceof BlockOutcome.Ended;
        // Told before anyone who waits for it goes on.
        if (batch.last() || batch.back().isPositive() || ended) {
            returned.accept(block);
        }
        switch (outcome) {
            case BlockOutcome.Counted counted -> block.written(batch, true);
            case BlockOutcome.Repeated repeated -> block.written(batch, true);
            case BlockOutcome.Ended byOthers -> block.gone(batch);
        }
    }

    private void failed(Block block, Batch batch, Throwable wrapped) {
        Throwable failure =
                wrapped instanceof CompletionException && wrapped.getCause() != null ? wrapped.getCause() : wrapped;
        if (failure instanceof ProblemException || failure instanceof CommitUnknownException) {
            block.again(List.of(batch));
            flushAfter(block, parts.pace().retry());
        } else if (batch.uses().size() > 1) {
            block.again(single(batch));
            block.flush();
        } else {
            LOG.error(
                    "{} of {} can not be written and is not charged: {}", what(batch), block.id(), failure.toString());
            unbilled(batch.uses().size());
            block.written(batch, false);
        }
    }

    private static List<Batch> single(Batch batch) {
        List<Batch> parts = new ArrayList<>();
        for (BlockUse use : batch.uses()) {
            parts.add(new Batch(List.of(use), Money.ZERO, false));
        }
        parts.add(new Batch(List.of(), batch.back(), batch.last()));
        return parts;
    }

    private static @Nullable Object what(Batch batch) {
        return batch.uses().isEmpty() ? null : batch.uses().getFirst().id();
    }

    /**
     * Says what was served and will not be charged, because another node took this one for dead.
     *
     * @param counted how many of them were waiting to be written
     */
    void lost(Block block, int counted, int uses) {
        waiting(-counted);
        if (uses > 0) {
            LOG.error(
                    "{} was ended by another node; {} requests were served from it and are not charged",
                    block.id(),
                    uses);
            unbilled(uses);
        }
    }

    private void unbilled(int uses) {
        parts.metrics().counter("millrace.allowance.unbilled").increment(uses);
    }

    /** The block's id without its kind. */
    static String name(Block block) {
        return block.id().text().substring(Blocks.KIND.length() + 1);
    }
}
