package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.audit.Audit;
import dev.millrace.audit.CheckResult;
import dev.millrace.catalog.Model;
import dev.millrace.db.DatabaseException;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.usage.UsageRow;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Settlement;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class BillingTest {
    private static final HoldId JOB = new HoldId("test:a");

    @TempDir
    Path folder;

    @OnBothDatabases
    void the_hold_is_the_worst_case_and_the_charge_what_was_used(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a cat\",\"n\":4}");
        Quote quote = till.price(model, parameters);
        assertThat(quote.max()).as("the quality is open").isEqualTo(Money.usd("0.20"));
        assertThat(quote.expected()).isEqualTo(Money.usd("0.04"));
        till.hold(JOB, quote);
        till.hold(JOB, quote);
        Settlement settled = till.settle(JOB, till.bill(quote, parameters, 3)).orElseThrow();
        assertThat(settled.charge()).isEqualTo(Money.usd("0.03"));
        assertThat(till.settle(JOB, till.bill(quote, parameters, 3))).isEmpty();
        assertThat(till.balance()).isEqualTo(new Balance(Money.usd("0.97"), Money.ZERO));
        check(till);
    }

    @OnBothDatabases
    void the_usage_row_explains_the_charge_and_holds_no_content(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(
                model, "{\"prompt\":\"secret words\",\"quality\":\"low\",\"image_url\":\"https://x/private.png\"}");
        Quote quote = till.price(model, parameters);
        till.hold(JOB, quote);
        till.settle(JOB, till.bill(quote, parameters, 1));
        UsageRow row = db.database()
                .<List<UsageRow>>read(tx -> till.usage.after(tx, "", 10))
                .getFirst();
        assertThat(row.pricedBy()).isEqualTo("{\"image_url\":true,\"quality\":true}");
        assertThat(row.charge()).isEqualTo(Money.usd("0.03"));
        assertThat(row.id()).isEqualTo("test:a");
        check(till);
    }

    @OnBothDatabases
    void a_price_change_between_hold_and_settlement_changes_nothing(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}");
        Quote quote = till.price(model, parameters);
        till.hold(JOB, quote);
        Model dearer = till.model("0.50", "0.30", "0.10");
        assertThat(till.settle(JOB, till.bill(quote, parameters, 1))
                        .orElseThrow()
                        .charge())
                .isEqualTo(Money.usd("0.05"));
        till.hold(new HoldId("test:b"), quote);
        Bill wrong = till.bill(till.price(dearer, parameters), parameters, 1);
        assertThatThrownBy(() -> till.settle(new HoldId("test:b"), wrong)).isInstanceOf(IllegalStateException.class);
        check(till);
    }

    @OnBothDatabases
    void what_the_wallet_does_not_cover_is_refused_with_the_numbers(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("0.06");
        Quote quote = till.price(model, Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}"));
        till.hold(JOB, quote);
        assertThat(db.database().<Affordability>read(tx -> till.billing.affordability(tx, Till.SPENDER, quote)))
                .isEqualTo(new Affordability(
                        false, true, new Balance(Money.usd("0.01"), Money.usd("0.05")), Money.usd("0.05")));
        assertThatThrownBy(() -> till.hold(new HoldId("test:b"), quote))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.INSUFFICIENT_FUNDS);
                    assertThat(e.problem().facts())
                            .containsEntry("balance_usd", "0.01")
                            .containsEntry("held_usd", "0.05")
                            .containsEntry("required_usd", "0.05")
                            .containsEntry("required_nanos", 50_000_000L);
                });
        MoneyChecker.underLoad(db.database());
    }

    @OnBothDatabases
    void an_upstream_that_lies_about_usage_costs_the_customer_the_hold_at_most(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"low\"}");
        Quote quote = till.price(model, parameters);
        for (long lie : new long[] {2, Integer.MAX_VALUE, Long.MAX_VALUE}) {
            HoldId id = new HoldId("test:" + lie);
            till.hold(id, quote);
            Settlement settled =
                    till.settle(id, till.bill(quote, parameters, lie)).orElseThrow();
            assertThat(settled.charge()).isEqualTo(quote.max());
            assertThat(settled.absorbed().isPositive()).isTrue();
        }
        check(till);
    }

    @OnBothDatabases
    void nothing_used_is_nothing_charged_and_still_a_usage_row(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\"}");
        Quote quote = till.price(model, parameters);
        till.hold(JOB, quote);
        assertThat(till.settle(JOB, till.bill(quote, parameters, 0))
                        .orElseThrow()
                        .charge())
                .isEqualTo(Money.ZERO);
        assertThat(till.balance().available()).isEqualTo(Money.usd("1"));
        check(till);
    }

    /** F6: without a hold nothing is left behind, so that no upstream can have been called for it. */
    @OnBothDatabases
    void when_the_hold_can_not_be_written_nothing_else_is(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        Quote quote = till.price(model, Till.parameters(model, "{\"prompt\":\"a\"}"));
        IdempotencyKey key = new IdempotencyKey(ACME, "POST /x", "k");
        Idempotency idempotency = new Idempotency();
        db.writer().write(ACME.text(), tx -> tx.update("alter table holds rename to holds_gone"));
        assertThatThrownBy(() -> db.writer().<Boolean>write(ACME.text(), tx -> {
                    idempotency.start(tx, key, Fingerprint.of(Json.object()), Idempotency.JOB);
                    till.billing.hold(tx, Till.SPENDER, JOB, quote);
                    return true;
                }))
                .isInstanceOf(DatabaseException.class);
        db.writer().write(ACME.text(), tx -> tx.update("alter table holds_gone rename to holds"));
        assertThat(till.balance()).isEqualTo(new Balance(Money.usd("1"), Money.ZERO));
        long keys = db.database().read(tx -> tx.count("select count(*) from idempotency_keys"));
        assertThat(keys).isZero();
        MoneyChecker.atRest(db.database());
    }

    @OnBothDatabases
    void a_bill_counts_no_more_than_can_be_summed(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        Quote quote = till.price(model, Till.parameters(model, "{\"prompt\":\"a\"}"));
        Bill bill = till.bill(quote, Json.object(), Long.MAX_VALUE);
        assertThat(bill.units()).isEqualTo(Units.of(Unit.IMAGE, Bill.MOST_UNITS));
    }

    private static void check(Till till) {
        MoneyChecker.underLoad(till.db.database());
        assertThat(Audit.of(till.db.database(), till.prices::find).run(false)).allMatch(CheckResult::ok);
    }
}
