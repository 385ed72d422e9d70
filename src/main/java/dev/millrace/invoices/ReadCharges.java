package dev.millrace.invoices;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.usage.UsageCharge;
import dev.millrace.usage.UsageStamp;
import dev.millrace.usage.UsageStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Charges that were summed beside the lane in which the organization's money moves. The closing takes them over when their hours still come
 * to the same, and reads only what is left of the last hour itself.
 */
final class ReadCharges implements Charges {
    /** The hours have more in them than when they were read, or the windows are others: they must be read again. */
    static final class StaleException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaleException() {
            super("charges were read before they were all there", null, false, false);
        }
    }

    private record Place(String model, KeyId key) {}

    private record Sum(UsageStamp stamp, List<UsageCharge> charges) {}

    private final UsageStore usage;
    private final Map<Window, Sum> sums = new HashMap<>();

    /** @param tx sees one moment; its reading holds nobody up */
    ReadCharges(Tx tx, UsageStore usage, OrganizationId organization, List<Window> windows) {
        this.usage = usage;
        for (Window window : windows) {
            Instant cut = cut(window);
            if (window.from().isBefore(cut)) {
                sums.put(
                        window,
                        new Sum(
                                usage.stamp(tx, organization, window.from(), cut),
                                usage.charges(tx, organization, window.from(), cut)));
            }
        }
    }

    @Override
    public List<UsageCharge> of(Tx tx, OrganizationId organization, Window window) {
        Instant cut = cut(window);
        if (!window.from().isBefore(cut)) {
            return usage.charges(tx, organization, window.from(), window.until());
        }
        Sum sum = sums.get(window);
        if (sum == null || !usage.stamp(tx, organization, window.from(), cut).equals(sum.stamp())) {
            throw new StaleException();
        }
        return merged(sum.charges(), usage.charges(tx, organization, cut, window.until()));
    }

    /** Up to where whole hours go: the hour in which the window ends may still be filling. */
    private static Instant cut(Window window) {
        return window.until().truncatedTo(ChronoUnit.HOURS);
    }

    private static List<UsageCharge> merged(List<UsageCharge> some, List<UsageCharge> more) {
        Map<Place, UsageCharge> all = new HashMap<>();
        for (List<UsageCharge> part : List.of(some, more)) {
            for (UsageCharge charge : part) {
                all.merge(
                        new Place(charge.model(), charge.key()),
                        charge,
                        (one, other) -> new UsageCharge(
                                one.model(),
                                one.key(),
                                one.requests() + other.requests(),
                                one.charge().plus(other.charge())));
            }
        }
        return new ArrayList<>(all.values());
    }
}
