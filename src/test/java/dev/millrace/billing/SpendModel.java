package dev.millrace.billing;

import dev.millrace.limits.CapPeriod;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What billing must do, in memory and in plain numbers: it answers each command with the word for the outcome. A cap counts by its
 * definition, over all holds there are, and not by windows.
 */
final class SpendModel {
    private long available;
    private long held;
    private long line;
    private long absorbed;
    private final Map<String, Long> topUps = new HashMap<>();
    private final Map<String, Long> given = new HashMap<>();
    private final List<Given> grants = new ArrayList<>();
    private final Map<String, Held> holds = new HashMap<>();
    private final Map<String, Long> caps = new HashMap<>();

    private static final class Given {
        private final String id;
        private final Instant expiresAt;
        private long unspent;
        private long held;

        Given(String id, Instant expiresAt, long unspent) {
            this.id = id;
            this.expiresAt = expiresAt;
            this.unspent = unspent;
        }
    }

    private static final class Part {
        private final Given grant;
        private final long amount;
        private long charge;
        private long refunded;

        Part(Given grant, long amount) {
            this.grant = grant;
            this.amount = amount;
        }
    }

    private static final class Held {
        private final long amount;
        private final int key;
        private final Instant at;
        private final List<Part> parts = new ArrayList<>();
        private final Map<Integer, Long> refunds = new HashMap<>();
        private boolean open = true;
        private long charge;
        private long refunded;
        /** Of what a block charges and gives back while it is open. */
        private long returned;

        private long flushed;
        private @Nullable Held block;

        Held(long amount, int key, Instant at) {
            this.amount = amount;
            this.key = key;
            this.at = at;
        }

        long left() {
            return amount - charge - returned;
        }
    }

    long available() {
        return available;
    }

    long held() {
        return held;
    }

    /** What the platform bore: upstreams' calls that nobody pays for, and costs beyond holds. */
    long absorbed() {
        return absorbed;
    }

    long owed() {
        long own = available + held - line;
        for (Given grant : grants) {
            own -= grant.unspent + grant.held;
        }
        return Math.max(0, -own);
    }

    void expire(Instant now) {
        for (Given grant : grants) {
            if (!grant.expiresAt.isAfter(now)) {
                available -= grant.unspent;
                grant.unspent = 0;
            }
        }
    }

    String topUp(String cause, long amount) {
        Long known = topUps.putIfAbsent(cause, amount);
        if (known != null) {
            return known == amount ? "false" : "altered";
        }
        available += amount;
        return "true";
    }

    String grant(String id, long amount, Instant expiresAt) {
        Long known = given.putIfAbsent(id, amount);
        if (known != null) {
            return known == amount ? "false" : "altered";
        }
        available += amount;
        grants.add(new Given(id, expiresAt, amount));
        grants.sort(
                Comparator.<Given, Instant>comparing(grant -> grant.expiresAt).thenComparing(grant -> grant.id));
        return "true";
    }

    String line(long next) {
        long free =
                available - grants.stream().mapToLong(grant -> grant.unspent).sum();
        long change = next - line;
        if (-change > free) {
            return "refused";
        }
        line = next;
        available += change;
        return "line " + change;
    }

    String cap(int subject, CapPeriod period, long limit) {
        String cap = subject + period.wire();
        if (limit < 0) {
            caps.remove(cap);
        } else {
            caps.put(cap, limit);
        }
        return "set";
    }

    String hold(String id, int key, long amount, Instant now) {
        Held known = holds.get("job:" + id);
        if (known != null) {
            return known.amount == amount ? "exists" : "altered";
        }
        for (Map.Entry<String, Long> cap : caps.entrySet()) {
            int subject = cap.getKey().charAt(0) - '0';
            long counted = counted(subject, cap.getKey().substring(1), now);
            if (applies(subject, key) && (cap.getValue() == 0 || counted + amount > cap.getValue())) {
                return "capped";
            }
        }
        if (amount > available) {
            return "insufficient " + available + " " + held;
        }
        Held hold = new Held(amount, key, now);
        holds.put("job:" + id, hold);
        available -= amount;
        held += amount;
        long missing = amount;
        for (Given grant : grants) {
            long part = Math.min(missing, grant.unspent);
            if (part > 0) {
                grant.unspent -= part;
                grant.held += part;
                hold.parts.add(new Part(grant, part));
                missing -= part;
            }
        }
        return "held";
    }

    String settle(String id, long cost, long lost, Instant now) {
        Held hold = holds.get("job:" + id);
        if (hold == null || !hold.open) {
            return "none";
        }
        hold.charge = Math.min(cost, hold.amount);
        close(hold, now);
        absorbed += cost + lost - hold.charge;
        return "settled " + hold.charge + " " + (hold.amount - hold.charge) + " " + (cost + lost - hold.charge);
    }

    String release(String id, long lost, Instant now) {
        Held hold = holds.get("job:" + id);
        if (hold == null || !hold.open) {
            return "false";
        }
        close(hold, now);
        absorbed += lost;
        return "true";
    }

    String open(String id, int key, long least, long most, int share, Instant now) {
        if (holds.containsKey("block:" + id)) {
            return "exists";
        }
        long amount = Math.min(most, available / share);
        for (Map.Entry<String, Long> cap : caps.entrySet()) {
            int subject = cap.getKey().charAt(0) - '0';
            if (applies(subject, key)) {
                long left = cap.getValue() - counted(subject, cap.getKey().substring(1), now);
                amount = Math.min(amount, Math.max(0, left) / share);
            }
        }
        if (amount < least || amount <= 0 || grants.stream().anyMatch(grant -> grant.unspent + grant.held > 0)) {
            return "small";
        }
        holds.put("block:" + id, new Held(amount, key, now));
        available -= amount;
        held += amount;
        return "opened " + amount;
    }

    String count(String id, boolean again, List<SpendCommand.Use> uses, long back) {
        Held block = holds.get("block:" + id);
        if (block == null) {
            return "none";
        }
        if (again) {
            return "repeated";
        }
        if (!block.open) {
            return "ended";
        }
        long charged = uses.stream().mapToLong(SpendModel::charged).sum();
        if (charged + back > block.left()) {
            return "overdrawn";
        }
        block.flushed++;
        for (int i = 0; i < uses.size(); i++) {
            Held child = new Held(uses.get(i).max(), block.key, block.at);
            child.open = false;
            child.block = block;
            child.charge = charged(uses.get(i));
            holds.put("live:" + id + "-" + block.flushed + "-" + i, child);
            absorbed += Math.max(0, uses.get(i).cost()) - child.charge;
        }
        block.charge += charged;
        block.returned += back;
        held -= charged + back;
        available += back;
        return "counted " + charged + " " + back;
    }

    private static long charged(SpendCommand.Use use) {
        return Math.clamp(use.cost(), 0, use.max());
    }

    String end(String id) {
        Held block = holds.get("block:" + id);
        if (block == null || !block.open) {
            return "false";
        }
        held -= block.left();
        available += block.left();
        block.open = false;
        return "true";
    }

    String refund(String id, int number, long amount, Instant now) {
        Held hold = holds.get(id);
        if (hold == null) {
            return "refused";
        }
        Long known = hold.refunds.get(number);
        if (known != null) {
            return known == amount ? "false" : "altered";
        }
        if (amount > hold.charge - hold.refunded) {
            return "refused";
        }
        hold.refunds.put(number, amount);
        long paid = hold.charge - hold.refunded;
        for (Part part : hold.parts) {
            paid -= part.charge - part.refunded;
        }
        long missing = amount - Math.min(amount, paid);
        for (Part part : hold.parts.reversed()) {
            long back = Math.min(missing, part.charge - part.refunded);
            part.refunded += back;
            part.grant.unspent += back;
            missing -= back;
        }
        hold.refunded += amount;
        if (hold.block != null) {
            hold.block.refunded += amount;
        }
        available += amount;
        expire(now);
        return "true";
    }

    private void close(Held hold, Instant now) {
        hold.open = false;
        held -= hold.amount;
        available += hold.amount - hold.charge;
        long missing = hold.charge;
        for (Part part : hold.parts) {
            part.charge = Math.min(missing, part.amount);
            missing -= part.charge;
            part.grant.held -= part.amount;
            part.grant.unspent += part.amount - part.charge;
        }
        expire(now);
    }

    private static boolean applies(int subject, int key) {
        return subject == 0 || subject == 1 && key == 0 || subject == key + 2;
    }

    private long counted(int subject, String period, Instant now) {
        Instant from = start(period, LocalDate.ofInstant(now, ZoneOffset.UTC));
        return holds.values().stream()
                .filter(hold -> hold.block == null && applies(subject, hold.key) && !hold.at.isBefore(from))
                .mapToLong(hold -> hold.charge - hold.refunded + (hold.open ? hold.left() : 0))
                .sum();
    }

    private static Instant start(String period, LocalDate day) {
        return switch (CapPeriod.of(period).orElseThrow()) {
            case DAY -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            case TOTAL -> Instant.EPOCH;
        };
    }
}
