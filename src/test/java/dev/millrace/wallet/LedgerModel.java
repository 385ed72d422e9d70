package dev.millrace.wallet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a wallet must do, in memory and in plain numbers: it answers each command with the word for the outcome. */
final class LedgerModel {
    private long available;
    private long held;
    private final Map<String, Long> topUps = new HashMap<>();
    private final Map<String, Held> holds = new HashMap<>();

    private static final class Held {
        private final long amount;
        private boolean open = true;
        private long left;
        private final Map<Integer, Long> refunds = new HashMap<>();

        Held(long amount) {
            this.amount = amount;
        }
    }

    long available() {
        return available;
    }

    long held() {
        return held;
    }

    Set<String> open() {
        Set<String> open = new HashSet<>();
        holds.forEach((id, hold) -> {
            if (hold.open) {
                open.add(id);
            }
        });
        return open;
    }

    String topUp(String cause, long amount) {
        Long known = topUps.putIfAbsent(cause, amount);
        if (known != null) {
            return known == amount ? "false" : "altered";
        }
        available += amount;
        return "true";
    }

    String hold(String id, long amount) {
        Held known = holds.get(id);
        if (known != null) {
            return known.amount == amount ? "exists" : "altered";
        }
        if (amount > available) {
            return "insufficient " + available + " " + held;
        }
        holds.put(id, new Held(amount));
        available -= amount;
        held += amount;
        return "held";
    }

    String settle(String id, long cost) {
        Held hold = holds.get(id);
        if (hold == null || !hold.open) {
            return "none";
        }
        long charge = Math.min(cost, hold.amount);
        close(hold, hold.amount - charge);
        hold.left = charge;
        return "settled " + charge + " " + (hold.amount - charge) + " " + (cost - charge);
    }

    String release(String id) {
        Held hold = holds.get(id);
        if (hold == null || !hold.open) {
            return "false";
        }
        close(hold, hold.amount);
        return "true";
    }

    String refund(String id, int number, long amount) {
        Held hold = holds.get(id);
        if (hold == null) {
            return "refused";
        }
        Long known = hold.refunds.get(number);
        if (known != null) {
            return known == amount ? "false" : "altered";
        }
        if (amount > hold.left) {
            return "refused";
        }
        hold.refunds.put(number, amount);
        hold.left -= amount;
        available += amount;
        return "true";
    }

    private void close(Held hold, long back) {
        hold.open = false;
        held -= hold.amount;
        available += back;
    }
}
