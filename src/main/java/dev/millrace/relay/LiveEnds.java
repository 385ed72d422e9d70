package dev.millrace.relay;

import dev.millrace.db.CommitUnknownException;
import dev.millrace.db.TxWork;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.RequestId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import io.micrometer.core.instrument.Gauge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the ends of live requests that have holds of their own. One that the database does not take, because it is away, is written as
 * soon as it is back: what was delivered is to be paid, and what was not is not to stay held. Each is the end of its hold, so to write one
 * twice is to write it once.
 */
final class LiveEnds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveEnds.class);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final RelayParts parts;
    private final ScheduledExecutorService timer;
    private final Consumer<RequestId> over;
    private final Map<RequestId, End> waiting = new ConcurrentHashMap<>();

    private record End(OrganizationId organization, boolean last, TxWork<Money> work) {}

    /** @param over is told when the last end of a request is written, or will never be: until then its hold is kept */
    LiveEnds(RelayParts parts, ScheduledExecutorService timer, Consumer<RequestId> over) {
        this.parts = parts;
        this.timer = timer;
        this.over = over;
        Gauge.builder("millrace.relay.unwritten", waiting::size).register(parts.metrics());
    }

    /**
     * Writes an end.
     *
     * @param last whether the request is over with it
     * @return what it was charged; zero when it waits to be written
     */
    Money write(RequestId id, OrganizationId organization, boolean last, TxWork<Money> work) {
        End end = new End(organization, last, work);
        boolean waits = false;
        try {
            return parts.database().writer().write(organization.text(), work);
        } catch (ProblemException | CommitUnknownException away) {
            LOG.warn("the end of live request {} could not be written and will be: {}", id, away.toString());
            waits = true;
            waiting.put(id, end);
            again(id, end);
            return Money.ZERO;
        } finally {
            if (!waits) {
                done(id, end);
            }
        }
    }

    private void again(RequestId id, End end) {
        try {
            var unused = timer.schedule(() -> submit(id, end), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            // it is tried once more at the close
        }
    }

    private void submit(RequestId id, End end) {
        var unused = parts.database()
                .writer()
                .submit(end.organization().text(), end.work())
                .whenComplete((charge, failure) -> {
                    if (failure != null && away(failure)) {
                        again(id, end);
                    } else {
                        written(id, end, failure);
                    }
                });
    }

    private void written(RequestId id, End end, @Nullable Throwable failure) {
        waiting.remove(id, end);
        done(id, end);
        if (failure != null) {
            LOG.error("the end of live request {} can not be written, its hold goes back: {}", id, failure.toString());
        }
    }

    private void done(RequestId id, End end) {
        if (end.last()) {
            over.accept(id);
        }
    }

    private static boolean away(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ProblemException || cause instanceof CommitUnknownException;
    }

    /** Tries those that wait once more; what the database does not take then goes back by the sweep of any node. */
    @Override
    public void close() {
        waiting.forEach((id, end) -> {
            try {
                Money charge =
                        parts.database().writer().write(end.organization().text(), end.work());
                LOG.info("live request {} was charged {} at last", id, charge);
            } catch (RuntimeException away) {
                LOG.error("the end of live request {} could not be written: {}", id, away.toString());
            }
        });
        waiting.clear();
    }
}
