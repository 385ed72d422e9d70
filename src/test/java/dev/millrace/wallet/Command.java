package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import java.util.random.RandomGenerator;

/** One command to a wallet, which the wallet and its model both understand. */
sealed interface Command {
    KeyId KEY = new KeyId("keykeykeykey1");

    record TopUp(String cause, long amount) implements Command {}

    record Hold(String id, long amount) implements Command {}

    record Settle(String id, long cost) implements Command {}

    record Release(String id) implements Command {}

    record Refund(String id, int number, long amount) implements Command {}

    /** A command over few ids and small amounts, so that repeats, alterations and empty wallets are common. */
    static Command random(RandomGenerator random, String prefix, int ids) {
        String id = "job:" + prefix + "-" + random.nextInt(ids);
        long amount = random.nextInt(4) * 100L;
        return switch (random.nextInt(10)) {
            case 0 -> new TopUp(prefix + random.nextInt(ids), 100 + random.nextInt(20) * 50L);
            case 1, 2, 3, 4 -> new Hold(id, random.nextInt(8) == 0 ? amount : id.hashCode() % 7 * 70L + 490);
            case 5, 6 -> new Settle(id, amount * 2);
            case 7, 8 -> new Release(id);
            default -> new Refund(id, random.nextInt(3), 50 + amount);
        };
    }

    default String apply(LedgerModel model) {
        return switch (this) {
            case TopUp(String cause, long amount) -> model.topUp(cause, amount);
            case Hold(String id, long amount) -> model.hold(id, amount);
            case Settle(String id, long cost) -> model.settle(id, cost);
            case Release(String id) -> model.release(id);
            case Refund(String id, int number, long amount) -> model.refund(id, number, amount);
        };
    }

    default String apply(Wallet wallet, Tx tx, OrganizationId organization) {
        return switch (this) {
            case TopUp(String cause, long amount) ->
                "" + wallet.topUp(tx, organization, cause, Money.ofNanos(amount), Funding.CASH_IN);
            case Hold(String id, long amount) ->
                word(wallet.hold(tx, Spender.of(organization, KEY), new HoldId(id), Money.ofNanos(amount), "m@1"));
            case Settle(String id, long cost) ->
                wallet.settle(tx, new HoldId(id), Money.ofNanos(cost))
                        .map(settled -> "settled " + settled.charge().nanos() + " "
                                + settled.returned().nanos() + " "
                                + settled.absorbed().nanos())
                        .orElse("none");
            case Release(String id) -> "" + wallet.release(tx, new HoldId(id)).isPresent();
            case Refund(String id, int number, long amount) ->
                "" + wallet.refund(tx, new HoldId(id), number, Money.ofNanos(amount));
        };
    }

    private static String word(HoldOutcome outcome) {
        return switch (outcome) {
            case HoldOutcome.Held() -> "held";
            case HoldOutcome.Exists() -> "exists";
            case HoldOutcome.Insufficient(Balance balance) ->
                "insufficient " + balance.available().nanos() + " "
                        + balance.held().nanos();
            case HoldOutcome.Guarded() -> "guarded";
        };
    }
}
