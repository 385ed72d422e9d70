package dev.millrace.billing;

import static java.util.Objects.requireNonNull;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One command to billing, which billing and its model both understand. */
sealed interface SpendCommand {
    List<KeyId> KEYS = List.of(new KeyId("keykeykeykey1"), new KeyId("keykeykeykey2"));
    MemberId MEMBER = new MemberId(new UUID(11, 12));
    List<CapPeriod> PERIODS = List.of(CapPeriod.DAY, CapPeriod.WEEK, CapPeriod.MONTH, CapPeriod.TOTAL);

    record TopUp(String cause, long amount) implements SpendCommand {}

    record Hold(String id, int key, long amount) implements SpendCommand {}

    record Settle(String id, long cost) implements SpendCommand {}

    record Release(String id) implements SpendCommand {}

    record Refund(String id, int number, long amount) implements SpendCommand {}

    record Grant(String id, long amount, Duration lasts) implements SpendCommand {}

    record Line(long line) implements SpendCommand {}

    /** @param limit below zero for no cap */
    record Cap(int subject, CapPeriod period, long limit) implements SpendCommand {}

    /** A command over few ids and small amounts, so that repeats, alterations, full caps and empty wallets are common. */
    static SpendCommand random(RandomGenerator random, String prefix, int ids, Duration grantsLast) {
        String id = prefix + "-" + random.nextInt(ids);
        long amount = random.nextInt(4) * 100L;
        return switch (random.nextInt(24)) {
            case 0, 1 -> new TopUp(id, 100 + random.nextInt(20) * 50L);
            case 2 -> new Grant(id, 100 + random.nextInt(6) * 100L, grantsLast.dividedBy(1 + random.nextInt(8)));
            case 3 -> new Line(random.nextInt(6) * 500L);
            case 4 -> new Cap(random.nextInt(4), PERIODS.get(random.nextInt(4)), limit(random));
            case 5, 6, 7, 8, 9, 10, 11, 12, 13 ->
                new Hold(
                        id,
                        Math.floorMod(id.hashCode(), 2),
                        random.nextInt(8) == 0 ? amount : Math.floorMod(id.hashCode(), 7) * 70L + 30);
            case 14, 15, 16, 17, 18 -> new Settle(id, amount * 2);
            case 19, 20, 21 -> new Release(id);
            default -> new Refund(id, 1 + random.nextInt(3), 10 + random.nextInt(3) * 20L);
        };
    }

    /** Mostly none or a wide one, or nothing else would ever happen. */
    private static long limit(RandomGenerator random) {
        return switch (random.nextInt(24)) {
            case 0 -> 0;
            case 1 -> random.nextInt(8) * 700L;
            case 2, 3 -> random.nextInt(100) * 1_000L;
            default -> -1;
        };
    }

    static Spender spender(OrganizationId organization, int key) {
        return new Spender(organization, KEYS.get(key), key == 0 ? MEMBER : null);
    }

    static CapSubject subject(OrganizationId organization, int subject) {
        return switch (subject) {
            case 0 -> CapSubject.organization(organization);
            case 1 -> CapSubject.member(organization, MEMBER);
            default -> CapSubject.key(organization, KEYS.get(subject - 2));
        };
    }

    default String apply(SpendModel model, Instant now) {
        model.expire(now);
        return switch (this) {
            case TopUp(String cause, long amount) -> model.topUp(cause, amount);
            case Hold(String id, int key, long amount) -> model.hold(id, key, amount, now);
            case Settle(String id, long cost) -> model.settle(id, cost, now);
            case Release(String id) -> model.release(id, now);
            case Refund(String id, int number, long amount) -> model.refund(id, number, amount, now);
            case Grant(String id, long amount, Duration lasts) -> model.grant(id, amount, now.plus(lasts));
            case Line(long line) -> model.line(line);
            case Cap(int subject, CapPeriod period, long limit) -> model.cap(subject, period, limit);
        };
    }

    default String apply(Shop shop, Tx tx, OrganizationId organization) {
        return switch (this) {
            case TopUp(String cause, long amount) ->
                "" + shop.billing.topUp(tx, organization, cause, Money.ofNanos(amount), Funding.CASH_IN);
            case Hold(String id, int key, long amount) -> {
                HoldId hold = new HoldId("job:" + id);
                boolean known = shop.till.wallet.find(tx, hold).isPresent();
                shop.billing.hold(tx, spender(organization, key), hold, shop.quote(Money.ofNanos(amount)));
                yield known ? "exists" : "held";
            }
            case Settle(String id, long cost) ->
                shop.billing
                        .settle(tx, new HoldId("job:" + id), shop.bill(cost))
                        .map(settled -> "settled " + settled.charge().nanos() + " "
                                + settled.returned().nanos() + " "
                                + settled.absorbed().nanos())
                        .orElse("none");
            case Release(String id) -> "" + shop.billing.release(tx, new HoldId("job:" + id), Unpaid.abandoned());
            case Refund(String id, int number, long amount) ->
                "" + shop.billing.refund(tx, new HoldId("job:" + id), number, Money.ofNanos(amount));
            case Grant(String id, long amount, Duration lasts) ->
                ""
                        + shop.till.wallet.grant(
                                tx,
                                organization,
                                id,
                                Money.ofNanos(amount),
                                tx.now().plus(lasts));
            case Line(long line) -> {
                Money before = shop.till.wallet.creditLine(tx, organization).line();
                shop.till.wallet.setCreditLine(tx, organization, Money.ofNanos(line));
                yield "line " + (line - before.nanos());
            }
            case Cap(int subject, CapPeriod period, long limit) -> {
                @Nullable Money money = limit < 0 ? null : Money.ofNanos(limit);
                shop.caps.set(tx, requireNonNull(subject(organization, subject)), period, money);
                yield "set";
            }
        };
    }
}
