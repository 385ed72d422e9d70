package dev.millrace.limits;

import dev.millrace.db.Database;
import dev.millrace.db.SqlDialect;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many nodes share the database, each of which gets an equal part of every limit a minute: together they grant no more than
 * one would. Each tells every few seconds that it is there; one that is silent gives its part up. While the database is away
 * the last known number holds.
 */
public final class NodeShare implements IntSupplier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeShare.class);
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final Duration SILENT = Duration.ofSeconds(15);
    private static final String LANE = "limit-nodes";

    private final Database database;
    private final String node;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name(LANE).factory());
    private volatile int nodes = 1;

    /** @param node names this start of this node */
    public NodeShare(Database database, String node) {
        this.database = database;
        this.node = node;
    }

    /** Tells at once, and from then on; one node is all there is of a database in a file. */
    public void start() {
        if (database.dialect() == SqlDialect.POSTGRESQL) {
            tell();
            var unused =
                    clock.scheduleWithFixedDelay(this::tell, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tell() {
        try {
            nodes = database.writer().<Integer>write(LANE, tx -> {
                tx.update("delete from limit_nodes where seen_at < ?", tx.now().minus(SILENT));
                tx.update(
                        "insert into limit_nodes (node, seen_at) values (?, ?) on conflict (node) do update"
                                + " set seen_at = excluded.seen_at",
                        node,
                        tx.now());
                return (int) tx.count("select count(*) from limit_nodes");
            });
        } catch (RuntimeException e) {
            LOG.warn("how many nodes share the limits is not known anew: {}", e.toString());
        }
    }

    @Override
    public int getAsInt() {
        return nodes;
    }

    /** Gives this node's part up at once. */
    @Override
    public void close() {
        clock.shutdownNow();
        if (database.dialect() == SqlDialect.POSTGRESQL) {
            try {
                database.writer().write(LANE, tx -> tx.update("delete from limit_nodes where node = ?", node));
            } catch (RuntimeException e) {
                LOG.warn("the node's part of the limits is given up when it was silent for a while: {}", e.toString());
            }
        }
    }
}
