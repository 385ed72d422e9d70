package dev.millrace.billing.rerate;

import dev.millrace.id.KeyId;
import dev.millrace.money.Money;
import java.util.List;

/**
 * What a past time was charged, and what it would have been.
 *
 * @param rated the requests that could be priced
 * @param models the same by model, in the order of the ids
 * @param keys the same by key
 * @param unrated those that could not, by model and reason; {@code rated} does not count them
 */
public record Rerating(Sum rated, List<OfModel> models, List<OfKey> keys, List<Left> unrated) {
    public Rerating {
        models = List.copyOf(models);
        keys = List.copyOf(keys);
        unrated = List.copyOf(unrated);
    }

    /**
     * @param then what they were charged, refunds of later left aside
     * @param now what they would have been charged
     */
    public record Sum(long requests, Money then, Money now) {
        static final Sum NONE = new Sum(0, Money.ZERO, Money.ZERO);

        Sum plus(Money charged, Money wouldBe) {
            return new Sum(requests + 1, then.plus(charged), now.plus(wouldBe));
        }
    }

    /** The requests of one model. */
    public record OfModel(String model, Sum sum) {}

    /** The requests of one key. */
    public record OfKey(KeyId key, Sum sum) {}

    /**
     * Requests that could not be priced.
     *
     * @param then what they were charged
     * @param examples the ids of the newest of them
     */
    public record Left(String model, Unrated why, long requests, Money then, List<String> examples) {}

    /** How many could not be priced. */
    public long left() {
        return unrated.stream().mapToLong(Left::requests).sum();
    }

    /** What they were charged. */
    public Money leftThen() {
        return unrated.stream().map(Left::then).reduce(Money.ZERO, Money::plus);
    }
}
