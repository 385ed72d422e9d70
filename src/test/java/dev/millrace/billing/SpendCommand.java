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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One command to billing, which billing and its model both understand. */
sealed interface SpendCommand {
    List<KeyId> KEYS = List.of(new KeyId("keykeykeykey1"), new KeyId("keykeykeykey2"));
    MemberId MEMBER = new MemberId(new UUID(11, 12));
    List<CapPeriod> PERIODS = List.of(CapPeriod.DAY, CapPeriod.WEEK, CapPeriod.MONTH, CapPeriod.TOTAL);

    record TopUp(String cause, long amount) implements SpendCommand {}

    record Hold(String id, int key, long amount) implements SpendCommand {}

    /** @param lost what upstreams made that nobody was given */
    record Settle(String id, long cost, long lost) implements SpendCommand {}

    record Release(String id, long lost) implements SpendCommand {}

    record Refund(String id, int number, long amount) implements SpendCommand {}

    record Grant(String id, long amount, Duration lasts) implements SpendCommand {}

    record Line(long line) implements SpendCommand {}

    /** A block, of which requests are granted. */
    record Open(String id, int key, long least, long most, int share) implements SpendCommand {}

    /** Requests of a block that have ended; {@code again} sends the batch before once more. */
    record Count(String id, boolean again, List<Use> uses, long back) implements SpendCommand {}

    /** @param cost below zero for one that is charged nothing */
    record Use(long max, long cost) {}

    record End(String id) implements SpendCommand {}

    /** Of a request that was granted from a block: the first of a batch. */
    record RefundUse(String id, long batch, int number, long amount) implements SpendCommand {}

    /** @param limit below zero for no cap */
    record Cap(int subject, CapPeriod period, long limit) implements SpendCommand {}

    /** A command over few ids and small amounts, so that repeats, alterations, full caps and empty wallets are common. */
    static SpendCommand random(RandomGenerator random, String prefix, int ids, Duration grantsLast) {
        String id = prefix + "-" + random.nextInt(ids);
        long amount = random.nextInt(4) * 100L;
        return switch (random.nextInt(36)) {
            case 0, 1 -> new TopUp(id, 100 + random.nextInt(20) * 50L);
            case 2 -> new Grant(id, 100 + random.nextInt(6) * 100L, grantsLast.dividedBy(1 + random.nextInt(8)));
            case 3 -> new Line(random.nextInt(6) * 500L);
            case 4 -> new Cap(random.nextInt(4), PERIODS.get(random.nextInt(4)), limit(random));
            case 5, 6, 7, 8, 9, 10, 11, 12, 13 ->
                new Hold(
                        id,
                        Math.floorMod(id.hashCode(), 2),
                        random.nextInt(8) == 0 ? amount : Math.floorMod(id.hashCode(), 7) * 70L + 30);
            case 14, 15, 16, 17, 18 -> new Settle(id, amount * 2, random.nextInt(4) * 7L);
            case 19, 20, 21 -> new Release(id, random.nextInt(4) * 3L);
            case 22, 23 -> {
                int number = 1 + random.nextInt(3);
                yield new Refund(id, number, refunded(random, id, number));
            }
            case 24, 25, 26 ->
                new Open(
                        id,
                        Math.floorMod(id.hashCode(), 2),
                        random.nextInt(3) * 10L,
                        100 + random.nextInt(9) * 100L,
                        1 + random.nextInt(4));
            case 27, 28, 29, 30 ->
                new Count(
                        id,
                        random.nextInt(4) == 0,
                        Stream.generate(() -> new Use(random.nextInt(9) * 10L, random.nextInt(-1, 9) * 10L))
                                .limit(random.nextInt(4))
                                .toList(),
                        random.nextInt(3) * 20L);
            case 31, 32 -> new End(id);
            default -> {
                int number = 1 + random.nextInt(2);
                yield new RefundUse(id, 1 + random.nextInt(2), number, refunded(random, id, number));
            }
        };
    }

    /** Mostly what the same refund had been before. */
    private static long refunded(RandomGenerator random, String id, int number) {
        return 10 + (random.nextBoolean() ? random.nextInt(3) : Math.floorMod(id.hashCode() + number, 3)) * 15L;
    }

    /** The hold of one request of a batch of a block. */
    static HoldId use(String block, long batch, int index) {
        return new HoldId("live:" + block + "-" + batch + "-" + index);
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
            case Settle(String id, long cost, long lost) -> model.settle(id, cost, lost, now);
            case Release(String id, long lost) -> model.release(id, lost, now);
            case Open(String id, int key, long least, long most, int share) ->
                model.open(id, key, least, most, share, now);
            case Count(String id, boolean again, List<Use> uses, long back) -> model.count(id, again, uses, back);
            case End(String id) -> model.end(id);
            case RefundUse(String id, long batch, int number, long amount) ->
                model.refund("live:" + id + "-" + batch + "-0", number, amount, now);
            case Refund(String id, int number, long amount) -> model.refund("job:" + id, number, amount, now);
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
            case Settle(String id, long cost, long lost) ->
                shop.billing
                        .settle(tx, new HoldId("job:" + id), shop.bill(cost), Money.ofNanos(lost))
                        .map(settled -> "settled " + settled.charge().nanos() + " "
                                + settled.returned().nanos() + " "
                                + settled.absorbed().nanos())
                        .orElse("none");
            case Release(String id, long lost) ->
                "" + shop.billing.release(tx, new HoldId("job:" + id), shop.unpaid(lost));
            case Open open -> SpendBlocks.open(shop, tx, organization, open);
            case Count count -> SpendBlocks.count(shop, tx, count);
            case End(String id) -> "" + shop.billing.blocks().end(tx, new HoldId("block:" + id));
            case RefundUse(String id, long batch, int number, long amount) ->
                "" + shop.billing.refund(tx, use(id, batch, 0), number, Money.ofNanos(amount));
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
