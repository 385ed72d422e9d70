package dev.millrace.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.db.DatabaseException;
import dev.millrace.db.TxWork;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.Spender;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

class WalletTest {
    private static final KeyId KEY = new KeyId("keykeykeykey1");
    private static final OrganizationId ACME = new OrganizationId(new UUID(1, 2));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(3, 4));
    private static final HoldId JOB = new HoldId("job:a");
    private static final String TERMS = "m@1";

    private final Wallet wallet = new Wallet();

    @OnBothDatabases
    void a_hold_moves_from_available_to_held(TestDatabase db) {
        fund(db, "10");
        assertThat(hold(db, JOB, "4")).isEqualTo(new HoldOutcome.Held());
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("6"), Money.usd("4")));
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void a_hold_above_available_is_refused(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        assertThat(hold(db, new HoldId("job:b"), "6.000000001"))
                .isEqualTo(new HoldOutcome.Insufficient(new Balance(Money.usd("6"), Money.usd("4"))));
        assertThat(hold(db, new HoldId("job:b"), "6")).isEqualTo(new HoldOutcome.Held());
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void a_wallet_that_was_never_opened_covers_nothing(TestDatabase db) {
        assertThat(hold(db, JOB, "1")).isEqualTo(new HoldOutcome.Insufficient(Balance.ZERO));
        assertThatThrownBy(() -> topUp(db, ACME, "x", Money.usd("1"), Funding.CASH_IN))
                .isInstanceOf(IllegalStateException.class);
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void a_hold_of_nothing_is_held_and_moves_nothing(TestDatabase db) {
        fund(db, "1");
        assertThat(hold(db, JOB, "0")).isEqualTo(new HoldOutcome.Held());
        assertThat(hold(db, JOB, "0")).isEqualTo(new HoldOutcome.Exists());
        assertThat(release(db, JOB)).isTrue();
        assertThat(db.database().<List<Transfer>>read(tx -> wallet.transfers(tx, JOB)))
                .isEmpty();
    }

    @OnBothDatabases
    void a_settlement_charges_the_cost_and_gives_the_rest_back(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        Instant heldAt = db.database()
                .<Hold>read(tx -> wallet.find(tx, JOB).orElseThrow())
                .createdAt();
        assertThat(settle(db, JOB, Money.usd("1.5")))
                .contains(new Settlement(
                        JOB,
                        Spender.of(ACME, KEY),
                        heldAt,
                        Money.usd("4"),
                        Money.usd("1.5"),
                        Money.usd("2.5"),
                        Money.ZERO,
                        TERMS,
                        false));
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("8.5"), Money.ZERO));
        assertThat(platform(db, Account.REVENUE)).isEqualTo(Money.usd("1.5"));
        assertThat(platform(db, Account.PROMOTION)).isEqualTo(Money.usd("-10"));
    }

    @OnBothDatabases
    void a_cost_beyond_the_hold_is_borne_by_the_platform(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        Settlement settled = settle(db, JOB, Money.usd("9")).orElseThrow();
        assertThat(settled.charge()).isEqualTo(Money.usd("4"));
        assertThat(settled.absorbed()).isEqualTo(Money.usd("5"));
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("6"), Money.ZERO));
        assertThat(platform(db, Account.ABSORBED_LOSS)).isEqualTo(Money.usd("-5"));
        assertThat(platform(db, Account.REVENUE)).isEqualTo(Money.usd("9"));
    }

    @OnBothDatabases
    void a_cost_of_zero_stays_zero(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        Settlement settled = settle(db, JOB, Money.ZERO).orElseThrow();
        assertThat(settled.charge()).isEqualTo(Money.ZERO);
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
    }

    @OnBothDatabases
    void a_hold_is_resolved_once(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        assertThat(release(db, JOB)).isTrue();
        assertThat(release(db, JOB)).isFalse();
        assertThat(settle(db, JOB, Money.usd("1"))).isEmpty();
        assertThat(hold(db, JOB, "4")).isEqualTo(new HoldOutcome.Exists());
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
        assertThat(release(db, new HoldId("job:never"))).isFalse();
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void a_repeat_is_a_no_op_and_other_facts_are_a_bug(TestDatabase db) {
        fund(db, "10");
        open(db, OTHER);
        hold(db, JOB, "4");
        assertThat(topUp(db, ACME, "seed", Money.usd("10"), Funding.PROMOTION)).isFalse();
        assertThat(hold(db, JOB, "4")).isEqualTo(new HoldOutcome.Exists());
        assertBug(db, tx -> wallet.topUp(tx, ACME, "seed", Money.usd("11"), Funding.PROMOTION));
        assertBug(db, tx -> wallet.topUp(tx, ACME, "seed", Money.usd("10"), Funding.CASH_IN));
        assertBug(db, tx -> wallet.topUp(tx, OTHER, "seed", Money.usd("10"), Funding.PROMOTION));
        assertBug(db, tx -> wallet.hold(tx, Spender.of(ACME, KEY), JOB, Money.usd("5"), TERMS));
        assertBug(db, tx -> wallet.hold(tx, Spender.of(OTHER, KEY), JOB, Money.usd("4"), TERMS));
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("6"), Money.usd("4")));
    }

    @OnBothDatabases
    void a_refund_is_made_once_and_never_beyond_the_charge(TestDatabase db) {
        fund(db, "10");
        hold(db, JOB, "4");
        assertRefused(db, tx -> wallet.refund(tx, JOB, 1, Money.usd("1")));
        settle(db, JOB, Money.usd("3"));
        assertThat(refund(db, JOB, 1, Money.usd("2"))).isTrue();
        assertThat(refund(db, JOB, 1, Money.usd("2"))).isFalse();
        assertBug(db, tx -> wallet.refund(tx, JOB, 1, Money.usd("1")));
        assertRefused(db, tx -> wallet.refund(tx, JOB, 2, Money.usd("1.000000001")));
        assertThat(refund(db, JOB, 2, Money.usd("1"))).isTrue();
        assertRefused(db, tx -> wallet.refund(tx, new HoldId("job:never"), 1, Money.usd("1")));
        assertThat(balance(db)).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
        assertThat(db.database().<List<Transfer>>read(tx -> wallet.transfers(tx, JOB)))
                .extracting(Transfer::kind)
                .containsExactlyInAnyOrder(
                        TransferKind.HOLD,
                        TransferKind.SETTLE,
                        TransferKind.RELEASE,
                        TransferKind.REFUND,
                        TransferKind.REFUND);
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void the_database_refuses_to_change_or_delete_a_transfer(TestDatabase db) {
        fund(db, "10");
        for (String sql : List.of("update transfers set amount = 1", "delete from transfers")) {
            assertThatThrownBy(() -> write(db, tx -> tx.update(sql)))
                    .isInstanceOf(DatabaseException.class)
                    .hasStackTraceContaining("append-only");
        }
        MoneyChecker.ledger(db.database());
    }

    @OnBothDatabases
    void transfers_are_paged_newest_first_without_gap_or_repeat(TestDatabase db) {
        fund(db, "10");
        db.letTimePass(Duration.ofMillis(1));
        for (int i = 0; i < 9; i++) {
            hold(db, new HoldId("job:" + i), "1");
            db.letTimePass(Duration.ofMillis(i % 2));
        }
        List<Transfer> all = new ArrayList<>();
        String cursor = null;
        do {
            TransferPage page = page(db, cursor);
            assertThat(page.transfers()).hasSizeLessThanOrEqualTo(3);
            all.addAll(page.transfers());
            cursor = page.next();
        } while (cursor != null);
        assertThat(all).extracting(Transfer::id).doesNotHaveDuplicates().hasSize(10);
        assertThat(all.getLast().subject()).isEqualTo("seed");
        assertThat(all.getFirst().subject()).isEqualTo("job:8");
        assertThatThrownBy(() -> page(db, "tampered")).isInstanceOf(ProblemException.class);
        assertThat(db.database()
                        .read(tx -> wallet.transfers(tx, OTHER, null, 3))
                        .transfers())
                .isEmpty();
    }

    @OnBothDatabases
    void opening_and_movements_add_up_to_closing(TestDatabase db) {
        fund(db, "10");
        db.letTimePass(Duration.ofMillis(5));
        Instant from = db.writer().write(ACME.text(), tx -> tx.now());
        hold(db, JOB, "4");
        settle(db, JOB, Money.usd("3"));
        refund(db, JOB, 1, Money.usd("1"));
        db.letTimePass(Duration.ofMillis(5));
        Instant until = db.writer().write(ACME.text(), tx -> tx.now());
        hold(db, new HoldId("job:later"), "2");
        Statement statement = db.database().read(tx -> wallet.statement(tx, ACME, from, until));
        assertThat(statement.opening()).isEqualTo(new Balance(Money.usd("10"), Money.ZERO));
        assertThat(statement.closing()).isEqualTo(new Balance(Money.usd("8"), Money.ZERO));
        assertThat(statement.movements())
                .contains(
                        new Statement.Movement(TransferKind.HOLD, 1, Money.usd("-4"), Money.usd("4")),
                        new Statement.Movement(TransferKind.SETTLE, 1, Money.ZERO, Money.usd("-3")),
                        new Statement.Movement(TransferKind.RELEASE, 1, Money.usd("1"), Money.usd("-1")),
                        new Statement.Movement(TransferKind.REFUND, 1, Money.usd("1"), Money.ZERO));
    }

    private void fund(TestDatabase db, String usd) {
        open(db, ACME);
        topUp(db, ACME, "seed", Money.usd(usd), Funding.PROMOTION);
    }

    private boolean open(TestDatabase db, OrganizationId organization) {
        return write(db, tx -> wallet.open(tx, organization));
    }

    private boolean topUp(TestDatabase db, OrganizationId organization, String cause, Money amount, Funding from) {
        return write(db, tx -> wallet.topUp(tx, organization, cause, amount, from));
    }

    private boolean release(TestDatabase db, HoldId id) {
        return write(db, tx -> wallet.release(tx, id).isPresent());
    }

    private boolean refund(TestDatabase db, HoldId id, int number, Money amount) {
        return write(db, tx -> wallet.refund(tx, id, number, amount));
    }

    private Optional<Settlement> settle(TestDatabase db, HoldId id, Money cost) {
        return write(db, tx -> wallet.settle(tx, id, cost));
    }

    private HoldOutcome hold(TestDatabase db, HoldId id, String usd) {
        return write(db, tx -> wallet.hold(tx, Spender.of(ACME, KEY), id, Money.usd(usd), TERMS));
    }

    private TransferPage page(TestDatabase db, @Nullable String cursor) {
        return db.database().read(tx -> wallet.transfers(tx, ACME, cursor, 3));
    }

    private Balance balance(TestDatabase db) {
        return db.database().read(tx -> wallet.balance(tx, ACME));
    }

    private Money platform(TestDatabase db, Account account) {
        return db.database().read(tx -> wallet.platform(tx, account));
    }

    private static <R> R write(TestDatabase db, TxWork<R> work) {
        return db.writer().write(ACME.text(), work);
    }

    private static void assertBug(TestDatabase db, TxWork<?> work) {
        assertThatThrownBy(() -> write(db, work))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("other facts");
        MoneyChecker.ledger(db.database());
    }

    private static void assertRefused(TestDatabase db, TxWork<?> work) {
        assertThatThrownBy(() -> write(db, work)).isInstanceOf(ProblemException.class);
        MoneyChecker.ledger(db.database());
    }
}
