package dev.millrace.reconcile;

import dev.millrace.money.Money;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Matches an invoice's rows with what was used: by the upstream's id of a request where a row has one, else by the sums of a model and a
 * day. A request counts on one side once: what was matched by its id is not in the sums of its day.
 */
final class Matching {
    private static final String REPORTED = "reported";
    private static final String CHARGED = "charged";

    private final Money tolerance;
    private final List<MatchedLine> lines = new ArrayList<>();

    /** What belongs together on one side. */
    private static final class Sum {
        private Money reported = Money.ZERO;
        private Money charged = Money.ZERO;
        private Money theirs = Money.ZERO;
        private long ourUnits;
        private long theirUnits;
        private boolean here;
        private boolean there;

        void add(OurUse use) {
            here = true;
            // Where an upstream tells the cost of some requests of a day, the others count by what they were charged.
            reported = reported.plus(use.reported().isPositive() ? use.reported() : use.charge());
            charged = charged.plus(use.reported().isPositive() ? Money.ZERO : use.charge());
            ourUnits = Math.addExact(ourUnits, use.units());
        }

        void add(TheirRow row) {
            there = true;
            theirs = theirs.plus(row.amount());
            theirUnits = Math.addExact(theirUnits, row.units());
        }
    }

    private record Key(String model, String day) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int days = day.compareTo(other.day);
            return days == 0 ? model.compareTo(other.model) : days;
        }
    }

    private Matching(Money tolerance) {
        this.tolerance = tolerance;
    }

    static List<MatchedLine> match(List<TheirRow> theirs, List<OurUse> ours, Money tolerance) {
        Matching matching = new Matching(tolerance);
        List<OurUse> left = matching.byRequest(theirs, ours);
        matching.byDay(theirs.stream().filter(row -> row.request().isEmpty()).toList(), left);
        List<MatchedLine> numbered = new ArrayList<>();
        for (MatchedLine line : matching.lines) {
            numbered.add(line.numbered(numbered.size() + 1L));
        }
        return numbered;
    }

    /** An invoice may have several rows about one request; they are one. Gives back what no row named. */
    private List<OurUse> byRequest(List<TheirRow> theirs, List<OurUse> ours) {
        record Billed(TheirRow first, Sum sum) {}
        Map<String, Billed> requests = new LinkedHashMap<>();
        for (TheirRow row : theirs) {
            if (!row.request().isEmpty()) {
                requests.computeIfAbsent(row.request(), id -> new Billed(row, new Sum()))
                        .sum()
                        .add(row);
            }
        }
        Map<String, OurUse> known = new LinkedHashMap<>();
        List<OurUse> left = new ArrayList<>();
        for (OurUse use : ours) {
            Billed billed = requests.get(use.request());
            if (billed != null && known.putIfAbsent(use.request(), use) == null) {
                billed.sum().add(use);
            } else {
                left.add(use);
            }
        }
        requests.forEach((id, billed) -> {
            OurUse use = known.get(id);
            add(
                    "request",
                    id,
                    use == null ? "" : use.usageId(),
                    use == null ? billed.first().model() : use.model(),
                    use == null ? billed.first().day() : use.day(),
                    billed.sum());
        });
        return left;
    }

    private void byDay(List<TheirRow> rows, List<OurUse> left) {
        if (rows.isEmpty()) {
            for (OurUse use : left) {
                if (use.expected()) {
                    Sum one = new Sum();
                    one.add(use);
                    add("request", use.request(), use.usageId(), use.model(), use.day(), one);
                }
            }
            return;
        }
        Map<Key, Sum> days = new TreeMap<>();
        rows.forEach(row -> days.computeIfAbsent(new Key(row.model(), row.day()), key -> new Sum())
                .add(row));
        left.stream()
                .filter(OurUse::expected)
                .forEach(use -> days.computeIfAbsent(new Key(use.model(), use.day()), key -> new Sum())
                        .add(use));
        days.forEach((key, sum) -> add("day", "", "", key.model(), key.day(), sum));
    }

    private void add(String basis, String request, String usageId, String model, String day, Sum sum) {
        boolean told = sum.charged.isZero() && !sum.reported.isZero() || !sum.here;
        lines.add(new MatchedLine(
                0,
                verdict(sum),
                basis,
                request,
                usageId,
                model,
                day,
                sum.ourUnits,
                sum.theirUnits,
                sum.reported,
                told ? REPORTED : CHARGED,
                sum.theirs,
                null));
    }

    /** What was charged in place of a cost that nobody told is an upper bound: an upstream that asks less leaves a margin. */
    private Verdict verdict(Sum sum) {
        if (!sum.here) {
            return Verdict.THEIRS_ONLY;
        }
        if (!sum.there) {
            return Verdict.OURS_ONLY;
        }
        Money difference = sum.theirs.minus(sum.reported);
        boolean above = difference.compareTo(tolerance) > 0;
        boolean below = difference.negate().compareTo(tolerance) > 0;
        return above || below && sum.charged.isZero() ? Verdict.DIFFERING : Verdict.MATCHED;
    }
}
