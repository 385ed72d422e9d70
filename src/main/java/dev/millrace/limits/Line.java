package dev.millrace.limits;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Those who were refused by one bucket and told when to come back. Whoever comes anew takes nothing that one of them will need at his
 * moment, and for a little while beyond it: nobody is back to the millisecond. Not safe for several threads.
 */
final class Line {
    /** How long a place is kept for somebody who is late. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private static final int PLACES_MAX = 1_000;

    /** By their moments. */
    private final List<Place> places = new ArrayList<>();

    private long kept;

    private record Place(long moment, long tokens) {}

    /** How much is kept for others, as of now. */
    long kept(long now) {
        while (!places.isEmpty() && now - places.getFirst().moment() > GRACE.toNanos()) {
            kept -= places.removeFirst().tokens();
        }
        return kept;
    }

    /**
     * Whether everybody finds what he wanted when so much is taken now.
     *
     * @param wait how many nanoseconds it takes until so much is there
     */
    boolean leaves(long now, long tokens, LongUnaryOperator wait) {
        long all = kept(now) + tokens;
        if (places.isEmpty()) {
            return true;
        }
        // The last is the one who has no room to spare where there is a crowd.
        if (wait.applyAsLong(all) > Math.max(0, places.getLast().moment() - now)) {
            return false;
        }
        long before = tokens;
        for (Place place : places) {
            before += place.tokens();
            if (wait.applyAsLong(before) > Math.max(0, place.moment() - now)) {
                return false;
            }
        }
        return true;
    }

    /** Lets the first go whose moment has come and who wanted as much; false where none of them does. */
    boolean comesBack(long now, long tokens) {
        for (int i = 0; i < places.size() && places.get(i).moment() - now <= 0; i++) {
            if (places.get(i).tokens() == tokens) {
                kept -= places.remove(i).tokens();
                return true;
            }
        }
        return false;
    }

    boolean full() {
        return places.size() >= PLACES_MAX;
    }

    /** Keeps so much for somebody who comes back at that moment. */
    void expect(long moment, long tokens) {
        int at = places.size();
        while (at > 0 && places.get(at - 1).moment() - moment > 0) {
            at--;
        }
        places.add(at, new Place(moment, tokens));
        kept += tokens;
    }
}
