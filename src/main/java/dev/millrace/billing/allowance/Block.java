package dev.millrace.billing.allowance;

import dev.millrace.billing.BlockLedger.Opened;
import dev.millrace.billing.BlockUse;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.wallet.HoldId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One durable block as its node sees it. What it holds is at any moment the sum of what is left to grant, what is granted and has not
 * ended, what was charged, and what goes back or has gone; so it can never grant more than was held.
 */
final class Block {
    private static final long CLOSED = -1;

    private final HoldId id;
    private final Spender spender;
    private final long amount;
    private final Instant openedAt;
    private final long since;
    private final BlockWriter writer;
    private final AtomicLong left;
    private final long last;
    private volatile long until = Long.MIN_VALUE;
    private volatile long asked;
    private volatile long closedAt = Long.MAX_VALUE;

    // All below is guarded by this block's own lock.
    private final Deque<Batch> again = new ArrayDeque<>();
    private List<BlockUse> pending = new ArrayList<>();
    private @Nullable Batch flying;
    private long charged;
    private long back;
    private long givenBack;
    private long ended;
    private long done;
    private long number;
    private boolean scheduled;
    private boolean over;

    /**
     * @param now the moment in milliseconds, by the node's clock
     * @param last when it may not grant any more, whatever happens, by the same; nor does it grant until it was prolonged
     */
    Block(HoldId id, Spender spender, Opened opened, BlockWriter writer, long now, long last) {
        this.id = id;
        this.spender = spender;
        this.amount = opened.amount().nanos();
        this.openedAt = opened.at();
        this.left = new AtomicLong(amount);
        this.writer = writer;
        this.since = now;
        this.asked = now;
        this.last = last;
    }

    HoldId id() {
        return id;
    }

    Spender spender() {
        return spender;
    }

    /** When it was taken, by the database's clock. */
    Instant openedAt() {
        return openedAt;
    }

    /** When it was made, in milliseconds by the node's clock. */
    long since() {
        return since;
    }

    /** When it was asked last, by the same. */
    long asked() {
        return asked;
    }

    /** When it was closed, by the same; the end of time while it is not. */
    long closedAt() {
        return closedAt;
    }

    /** Takes so much of what is left; false when there is less, or it grants no more. */
    boolean take(long nanos, long now) {
        if (now >= until) {
            return false;
        }
        while (true) {
            long before = left.get();
            if (before < nanos) {
                return false;
            }
            if (left.compareAndSet(before, before - nanos)) {
                if (asked != now) {
                    asked = now;
                }
                return true;
            }
        }
    }

    /** Whether less than half of it is left. */
    boolean low() {
        return left.get() < amount / 2;
    }

    /** Lets it grant on until another moment, when another node may end it. */
    void prolong(long moment) {
        until = Math.min(moment, last);
    }

    /** Whether the window that it is counted in has ended, so that it will never grant again. */
    boolean past(long now) {
        return now >= last;
    }

    /** Counts the end of what had been granted to a request. */
    void ended(BlockUse use, long charge) {
        boolean soon;
        synchronized (this) {
            if (over) {
                writer.lost(this, 0, 1);
                return;
            }
            long freed = use.quote().max().nanos() - charge;
            charged += charge;
            if (!giveToOthers(freed)) {
                back += freed;
            }
            pending.add(use);
            ended++;
            soon = !scheduled && flying == null && again.isEmpty();
            scheduled |= soon;
        }
        writer.waiting(1);
        if (soon) {
            writer.flushSoon(this);
        }
    }

    private boolean giveToOthers(long freed) {
        while (true) {
            long before = left.get();
            if (before == CLOSED) {
                return false;
            }
            if (left.compareAndSet(before, before + freed)) {
                return true;
            }
        }
    }

    /** Grants no more, and gives back what is not granted; false when it was closed before. */
    boolean close(long now) {
        synchronized (this) {
            long rest = left.getAndSet(CLOSED);
            if (rest == CLOSED) {
                return false;
            }
            closedAt = now;
            back += rest;
        }
        writer.flushNow(this);
        return true;
    }

    boolean closed() {
        return left.get() == CLOSED;
    }

    /** Closes it when nothing of it is granted, and something was or will be given back. */
    void closeIdle(long now) {
        synchronized (this) {
            if (left.get() + charged != amount) {
                return;
            }
        }
        close(now);
    }

    /** Writes what has ended and is not written, unless something is being written: then that is followed by the rest. */
    void flush() {
        Batch batch;
        long as;
        synchronized (this) {
            scheduled = false;
            if (flying != null || over) {
                return;
            }
            batch = again.isEmpty() ? gathered() : again.removeFirst();
            if (batch == null) {
                return;
            }
            flying = batch;
            as = number + 1;
        }
        writer.write(this, as, batch);
    }

    private @Nullable Batch gathered() {
        boolean last = closed() && amount == charged + back + givenBack;
        if (pending.isEmpty() && back == 0 && !last) {
            return null;
        }
        // The end of a block gives back whatever is left by itself.
        Batch batch = new Batch(pending, last ? Money.ZERO : Money.ofNanos(back), last);
        givenBack += back;
        back = 0;
        pending = new ArrayList<>();
        return batch;
    }

    /** What was sent is durable, or will never be. */
    void written(Batch batch, boolean counted) {
        synchronized (this) {
            flying = null;
            number += counted ? 1 : 0;
            done += batch.uses().size();
            over |= batch.last();
            notifyAll();
        }
        writer.waiting(-batch.uses().size());
        flush();
    }

    /** Nobody comes for it any more: another node has ended it, and what is not written will never be. */
    void gone(Batch batch) {
        int lost;
        synchronized (this) {
            left.set(CLOSED);
            lost = batch.uses().size() + pending.size();
            for (Batch other : again) {
                lost += other.uses().size();
            }
            again.clear();
            pending = new ArrayList<>();
            flying = null;
            done = ended;
            over = true;
            notifyAll();
        }
        writer.lost(this, lost, lost);
    }

    /** What was sent was not taken: the same is sent again, whole or in these parts. */
    void again(List<Batch> parts) {
        synchronized (this) {
            flying = null;
            for (int i = parts.size() - 1; i >= 0; i--) {
                again.addFirst(parts.get(i));
            }
        }
    }

    /** Whether nothing will be written of it any more. */
    synchronized boolean over() {
        return over;
    }

    /** How much has ended up to now. */
    synchronized long endedSoFar() {
        return ended;
    }

    /** Waits until so much of what has ended is durable; false when that takes too long. */
    boolean await(long count, long millis) throws InterruptedException {
        return await(() -> done >= count, millis);
    }

    /** Waits until what is not granted has gone back, of a block that is closed. */
    boolean awaitReturn(long millis) throws InterruptedException {
        return await(() -> over || (back == 0 && flying == null && again.isEmpty() && pending.isEmpty()), millis);
    }

    private synchronized boolean await(java.util.function.BooleanSupplier what, long millis)
            throws InterruptedException {
        long rest = millis;
        while (!what.getAsBoolean()) {
            if (rest <= 0) {
                return false;
            }
            wait(Math.min(rest, 20));
            rest -= 20;
        }
        return true;
    }
}
