package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.limits.Seats.Row;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the live requests that run: those of each key on this node, and by the rules of plans, organizations and keys those on all
 * nodes, of which each has an equal part where no Redis counts for all.
 */
public final class LivePermits {
    private final int limit;
    private final @Nullable LimitBook book;
    private final IntSupplier nodes;
    private final Seats seats;
    private final @Nullable Shared shared;
    private final AtomicLong numbers = new AtomicLong();

    /** Where seats are counted for all nodes, and what happens while they can not be. */
    record Shared(RedisSeats seats, Alone alone) {}

    /** With no limit but that of a key on this node. */
    public LivePermits(LimitSettings settings) {
        this(settings, null, () -> 1, System::nanoTime, null);
    }

    /** @param nodes how many nodes divide each limit among them */
    public LivePermits(LimitSettings settings, LimitBook book, IntSupplier nodes, LongSupplier nanoTime) {
        this(settings, book, nodes, nanoTime, null);
    }

    LivePermits(
            LimitSettings settings,
            @Nullable LimitBook book,
            IntSupplier nodes,
            LongSupplier nanoTime,
            @Nullable Shared shared) {
        this.limit = settings.liveRequests();
        this.book = book;
        this.nodes = nodes;
        this.seats = new Seats(nanoTime);
        this.shared = shared;
    }

    /** The right to run one live request; closing it gives it back, once. */
    public interface Permit extends AutoCloseable {
        @Override
        void close();
    }

    /** @param whole how many there may be on all nodes together */
    private record Place(Subject subject, Rule rule, long whole) {
        Row row(long seats) {
            return new Row(subject.name(rule), seats);
        }
    }

    /**
     * Takes a permit for one live request.
     *
     * @throws dev.millrace.problem.ProblemException {@code CONCURRENCY_REACHED} when as many run as a limit lets, with the wait that was
     *     learnt from those that ran; {@code UNAVAILABLE} when they can not be counted
     */
    public Permit take(OrganizationId organization, KeyId key, String model, Modality modality) {
        return take(key, places(organization, key, model, modality));
    }

    /** The same by the limit of a key on this node alone. */
    Permit take(KeyId key) {
        return take(key, List.of());
    }

    private Permit take(KeyId key, List<Place> places) {
        long seat = numbers.incrementAndGet();
        List<Row> here = new ArrayList<>(List.of(ofNode(key)));
        places.forEach(place -> here.add(place.row(shared == null ? part(place) : Long.MAX_VALUE)));
        Row full = seats.take(here, seat);
        if (full != null) {
            throw refusal(full, places).toException();
        }
        if (shared != null && !places.isEmpty()) {
            takeShared(shared, places, here, seat);
        }
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.compareAndSet(true, false)) {
                seats.leave(here, seat);
                if (shared != null) {
                    shared.seats().leave(seat);
                }
            }
        };
    }

    private void takeShared(Shared shared, List<Place> places, List<Row> here, long seat) {
        List<Row> all = places.stream().map(place -> place.row(place.whole())).toList();
        boolean taken = false;
        try {
            Row full = shared.seats().take(all, seat);
            if (full != null) {
                throw refusal(full, places).toException();
            }
            taken = true;
        } catch (RedisAwayException away) {
            shared.alone().permit();
            for (Place place : places) {
                if (seats.taken(place.row(0).name()) > part(place)) {
                    throw refusal(place.row(part(place)), places).toException();
                }
            }
            shared.seats().hold(all, seat);
            taken = true;
        } finally {
            if (!taken) {
                seats.undo(here, seat);
            }
        }
    }

    private long part(Place place) {
        return Math.max(1, place.whole() / Math.max(1, nodes.getAsInt()));
    }

    private Row ofNode(KeyId key) {
        return new Row("node:" + key.text(), limit);
    }

    private List<Place> places(OrganizationId organization, KeyId key, String model, Modality modality) {
        if (book == null) {
            return List.of();
        }
        LimitBook.Both both = book.of(organization, key);
        List<Place> places = new ArrayList<>();
        add(places, Subject.of(organization), both.organization(), model, modality);
        add(places, Subject.of(key), both.key(), model, modality);
        return places;
    }

    private static void add(List<Place> places, Subject subject, LimitRules rules, String model, Modality modality) {
        rules.numbers().forEach((rule, most) -> {
            if (rule.measure() == Measure.LIVE && rule.counts(model, modality)) {
                places.add(new Place(subject, rule, most));
            }
        });
    }

    /** How many live requests the key has running on this node. */
    public int running(KeyId key) {
        return seats.taken(ofNode(key).name());
    }

    /** How many live requests a rule counts for somebody: on all nodes, or on this one where nobody counts for all. */
    long running(Subject subject, Rule rule) {
        String name = subject.name(rule);
        if (shared != null) {
            try {
                return shared.seats().taken(name);
            } catch (RedisAwayException away) {
                return seats.taken(name);
            }
        }
        return seats.taken(name);
    }

    private Problem refusal(Row full, List<Place> places) {
        Place by = places.stream()
                .filter(place -> place.row(0).name().equals(full.name()))
                .findFirst()
                .orElse(null);
        return new Problem(
                ProblemCode.CONCURRENCY_REACHED,
                (by == null ? "This key" : by.subject().named()) + " has " + full.seats() + " live requests running"
                        + (by == null ? "" : by.rule().scope())
                        + ", which is all it may have; try again when one has ended.",
                List.of(),
                Map.of(
                        "limit",
                        full.seats(),
                        "of",
                        by == null ? "key" : by.subject().word()),
                seats.wait(full));
    }
}
