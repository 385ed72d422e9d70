package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long each organization has its outputs kept, where it has said so. Read from memory; what another node changed is seen
 * within seconds.
 */
public final class Retentions {
    /** No output is kept shorter than this. */
    public static final Duration SHORTEST = Duration.ofHours(1);

    /** No output is kept longer than this. */
    public static final Duration LONGEST = Duration.ofDays(3650);

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Database database;
    private final RetentionStore store = new RetentionStore();
    private volatile @Nullable Known known;

    public Retentions(Database database) {
        this.database = database;
    }

    private record Known(Map<OrganizationId, Duration> durations, long at) {}

    /** What the organization has set; empty when it leaves that to each model. */
    public Optional<Duration> of(OrganizationId organization) {
        Known last = known;
        if (last == null || System.nanoTime() - last.at() > FRESH_NANOS) {
            last = read();
        }
        return Optional.ofNullable(last.durations().get(organization));
    }

    /**
     * Sets how long outputs of jobs accepted from now on are kept; null leaves it to each model again.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} outside of an hour and ten years
     */
    public void set(OrganizationId organization, @Nullable Duration kept) {
        if (kept != null && (kept.compareTo(SHORTEST) < 0 || kept.compareTo(LONGEST) > 0)) {
            throw Problem.parameter("retention", "must be from 1 hour to " + LONGEST.toDays() + " days.")
                    .toException();
        }
        database.writer().write(organization.text(), tx -> {
            store.set(tx, organization, kept);
            return true;
        });
        var unused = read();
    }

    private Known read() {
        Known now = new Known(database.read(store::all), System.nanoTime());
        known = now;
        return now;
    }
}
