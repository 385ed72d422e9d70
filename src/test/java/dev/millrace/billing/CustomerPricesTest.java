package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static dev.millrace.billing.Till.KEY;
import static dev.millrace.billing.Till.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.audit.Audit;
import dev.millrace.billing.PriceTerm.Kind;
import dev.millrace.catalog.Markup;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceLine;
import dev.millrace.limits.JobLimits;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitSettings;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.usage.UnitsSource;
import dev.millrace.usage.UsageFilter;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageStatus;
import dev.millrace.wallet.HoldId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What customers pay beside the price list: markups, minimums, and what a change of them leaves alone. */
class CustomerPricesTest {
    private static final String HIGH = "{\"prompt\":\"a\",\"quality\":\"high\"}";
    private static final HoldId JOB = new HoldId("test:a");

    @TempDir
    Path folder;

    @OnBothDatabases
    void an_organizations_rule_goes_over_its_plans_and_that_over_the_default(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.term(Kind.MARKUP, "default", "", "1.1");
        till.term(Kind.MARKUP, "default", "model:test/image", "1.2");
        assertThat(factor(till, model)).as("a model's goes over all").isEqualTo("1.2");
        till.term(Kind.MARKUP, "plan:pro", "", "1.3");
        assertThat(factor(till, model)).as("another plan's is not his").isEqualTo("1.2");
        db.writer().<Boolean>write(ACME.text(), tx -> {
            new JobSlots(LimitSettings.DEFAULTS).set(tx, ACME, new JobLimits("pro", 5, 5));
            return true;
        });
        Await.until(
                "the plan is known",
                Duration.ofSeconds(5),
                () -> factor(till, model).equals("1.3"));
        till.term(Kind.MARKUP, "plan:pro", "modality:image", "0.9");
        assertThat(factor(till, model)).as("a discount").isEqualTo("0.9");
        till.term(Kind.MARKUP, "organization:" + ACME, "", "1.5");
        till.term(Kind.MARKUP, "organization:" + ACME, "modality:video", "7");
        till.term(Kind.MINIMUM, "plan:pro", "", "0.002");
        assertThat(factor(till, model)).isEqualTo("1.5");
        assertThat(till.terms.markup(model, ACME).minimum())
                .as("each kind is looked up by itself")
                .isEqualTo(Money.usd("0.002"));
        assertThat(till.terms.markup(model, OTHER).factor()).isEqualTo("1.2");
        assertThat(till.terms.markup(model, null).factor())
                .as("whoever shows no key")
                .isEqualTo("1.2");
        db.writer().<Boolean>write(ACME.text(), tx -> till.terms.remove(tx, Kind.MARKUP, "organization:" + ACME, ""));
        assertThat(factor(till, model)).isEqualTo("0.9");
    }

    @OnBothDatabases
    void a_change_is_known_at_once_here_and_within_a_second_elsewhere(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        PriceTerms elsewhere = new PriceTerms(db.database());
        assertThat(elsewhere.markup(model, ACME)).isEqualTo(Markup.NONE);
        till.term(Kind.MARKUP, "default", "", "2");
        assertThat(factor(till, model)).isEqualTo("2");
        long since = System.nanoTime();
        Await.until(
                "the other node knows",
                Duration.ofSeconds(5),
                () -> elsewhere.markup(model, ACME).factor().equals("2"));
        assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(1500));
    }

    @OnBothDatabases
    void a_change_of_markup_or_catalogue_leaves_what_was_quoted_or_held_alone(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("10");
        till.term(Kind.MARKUP, "organization:" + ACME, "", "1.2");
        till.term(Kind.MINIMUM, "default", "", "0.02");
        ObjectNode parameters = Till.parameters(model, HIGH);
        Quote quote = till.price(model, parameters);
        Quote bound = db.writer().write(ACME.text(), tx -> till.quotes.bind(tx, ACME, KEY, quote));
        Quote held = till.price(model, parameters);
        till.hold(JOB, held);
        till.term(Kind.MARKUP, "organization:" + ACME, "", "3");
        Model dearer = till.model("0.50", "0.30", "0.10");
        assertThat(till.price(dearer, parameters).max()).isEqualTo(Money.usd("1.5"));
        assertThat(charge(till, JOB, held, parameters)).isEqualTo(Money.usd("0.06"));
        Quote quoted = db.database()
                .read(tx -> till.quotes.quoted(
                        tx,
                        Objects.requireNonNull(bound.id()),
                        ACME,
                        KEY,
                        dearer,
                        parameters,
                        dearer.planned(parameters)));
        assertThat(quoted.max()).isEqualTo(bound.max()).isEqualTo(Money.usd("0.06"));
        HoldId second = new HoldId("test:b");
        till.hold(second, quoted);
        assertThat(charge(till, second, quoted, parameters)).isEqualTo(Money.usd("0.06"));
        audited(db, till);
    }

    @OnBothDatabases
    void the_minimum_is_asked_of_what_succeeded_and_never_of_what_failed(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("10");
        till.term(Kind.MINIMUM, "organization:" + ACME, "model:test/image", "0.2");
        ObjectNode parameters = Till.parameters(model, HIGH);
        Quote quote = till.price(model, parameters);
        assertThat(quote.max()).isEqualTo(Money.usd("0.2"));
        assertThat(quote.expected()).isEqualTo(Money.usd("0.2"));
        till.hold(JOB, quote);
        assertThat(charge(till, JOB, quote, parameters)).isEqualTo(Money.usd("0.2"));
        HoldId broken = new HoldId("test:b");
        till.hold(broken, quote);
        assertThat(till.settle(broken, bill(quote, parameters, 1, UsageStatus.FAILED))
                        .orElseThrow()
                        .charge())
                .as("what broke off costs what was made")
                .isEqualTo(Money.usd("0.05"));
        HoldId stopped = new HoldId("test:c");
        till.hold(stopped, quote);
        assertThat(till.settle(stopped, bill(quote, parameters, 1, UsageStatus.CANCELED))
                        .orElseThrow()
                        .charge())
                .isEqualTo(Money.usd("0.2"));
        HoldId nothing = new HoldId("test:d");
        till.hold(nothing, quote);
        assertThat(till.settle(nothing, bill(quote, parameters, 0, UsageStatus.COMPLETED))
                        .orElseThrow()
                        .charge())
                .as("what used nothing costs nothing")
                .isEqualTo(Money.ZERO);
        HoldId failed = new HoldId("test:e");
        till.hold(failed, quote);
        db.writer().<Boolean>write(ACME.text(), tx -> till.billing.release(tx, failed, failed()));
        assertThat(till.balance().available()).isEqualTo(Money.usd("9.55"));
        audited(db, till);
    }

    /** Quote, hold, charge, usage row, explanation and audit tell the same of random terms, units and ends. */
    @OnBothDatabases
    void under_any_terms_the_charge_is_within_the_hold_and_as_the_rule_reckons_it(TestDatabase db) {
        SplittableRandom random = Seeds.random("CustomerPricesTest");
        Till till = new Till(db, folder);
        Model model = till.model("0.050000001", "0.033333333", "0.000000007");
        till.topUp("1000");
        Money sum = Money.ZERO;
        for (int run = 0; run < 60; run++) {
            long millionths = random.nextInt(4) == 0 ? random.nextLong(1_000_000) : random.nextLong(5_000_000);
            long minimum = random.nextBoolean() ? 0 : random.nextLong(200_000_000);
            till.term(Kind.MARKUP, "organization:" + ACME, "", Markup.text(millionths));
            till.term(
                    Kind.MINIMUM,
                    "organization:" + ACME,
                    "",
                    Money.ofNanos(minimum).toUsd());
            boolean high = random.nextBoolean();
            int planned = random.nextInt(1, 9);
            int used = random.nextInt(planned + 1);
            UsageStatus status = random.nextInt(4) == 0 ? UsageStatus.FAILED : UsageStatus.COMPLETED;
            ObjectNode parameters = Till.parameters(
                    model, "{\"prompt\":\"a\",\"n\":%d,\"quality\":\"%s\"}".formatted(planned, high ? "high" : "low"));
            Quote quote = till.price(model, parameters);
            HoldId id = new HoldId("test:" + run);
            till.hold(id, quote);
            Money charge = till.settle(id, bill(quote, parameters, used, status))
                    .orElseThrow()
                    .charge();
            Money listed = Money.usd(high ? "0.050000001" : "0.000000007").times(used);
            assertThat(charge)
                    .as("x%d min %d, %d of %d, %s", millionths, minimum, used, planned, status)
                    .isEqualTo(reckoned(listed, millionths, minimum, status))
                    .isLessThanOrEqualTo(quote.max());
            if (used == planned && status == UsageStatus.COMPLETED) {
                assertThat(charge).isEqualTo(quote.expected());
            }
            explained(db, till, id, charge);
            sum = sum.plus(charge);
        }
        assertThat(till.balance().available()).isEqualTo(Money.usd("1000").minus(sum));
        assertThat(usage(db, till).stream().map(UsageRow::charge).reduce(Money.ZERO, Money::plus))
                .isEqualTo(sum);
        audited(db, till);
    }

    @Test
    void what_is_no_rule_is_refused_in_words() {
        assertThatThrownBy(() -> PriceTerm.of(Kind.MARKUP, "default", "", "1,15"))
                .hasMessageContaining("factor from 0 to 1000");
        assertThatThrownBy(() -> PriceTerm.of(Kind.MARKUP, "default", "", "1000.1"))
                .hasMessageContaining("factor from 0 to 1000");
        assertThatThrownBy(() -> PriceTerm.of(Kind.MINIMUM, "default", "", "-1"))
                .hasMessageContaining("minimum");
        assertThatThrownBy(() -> PriceTerm.of(Kind.MINIMUM, "acme", "", "1")).hasMessageContaining("\"for\"");
        assertThatThrownBy(() -> PriceTerm.of(Kind.MINIMUM, "default", "image", "1"))
                .hasMessageContaining("\"of\"");
    }

    /** The stated rule: list price times the factor, up to a whole nano-dollar; the minimum unless it failed. */
    private static Money reckoned(Money listed, long millionths, long minimum, UsageStatus status) {
        if (listed.isZero()) {
            return Money.ZERO;
        }
        long marked = BigDecimal.valueOf(listed.nanos())
                .multiply(BigDecimal.valueOf(millionths, 6))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
        return Money.ofNanos(status == UsageStatus.FAILED ? marked : Math.max(marked, minimum));
    }

    private static void explained(TestDatabase db, Till till, HoldId id, Money charge) {
        Explanation told = db.database()
                .read(tx -> till.billing.explanations().find(tx, ACME, id.text()))
                .orElseThrow();
        Money lines = told.lines().stream().map(PriceLine::amount).reduce(Money.ZERO, Money::plus);
        assertThat(lines.plus(told.markup()).plus(told.minimum()))
                .isEqualTo(told.cost())
                .isEqualTo(charge);
    }

    private static String factor(Till till, Model model) {
        return till.terms.markup(model, ACME).factor();
    }

    private static Money charge(Till till, HoldId id, Quote quote, ObjectNode parameters) {
        return till.settle(id, till.bill(quote, parameters, 1)).orElseThrow().charge();
    }

    private static Bill bill(Quote quote, ObjectNode parameters, long images, UsageStatus status) {
        return new Bill(
                KEY,
                quote.model(),
                quote.priceVersion(),
                parameters,
                images == 0 ? Units.NONE : Units.of(Unit.IMAGE, images),
                UnitsSource.UPSTREAM,
                "sandbox",
                Modality.IMAGE,
                "millrace",
                Money.ZERO,
                status,
                status == UsageStatus.COMPLETED ? null : "upstream_error",
                10,
                null);
    }

    private static Unpaid failed() {
        return new Unpaid("sandbox", Modality.IMAGE, "millrace", UsageStatus.FAILED, "timeout", Money.ZERO, 1);
    }

    private static List<UsageRow> usage(TestDatabase db, Till till) {
        return db.database()
                .read(tx -> till.usage.list(tx, ACME, UsageFilter.ALL, null, 500))
                .rows();
    }

    private static void audited(TestDatabase db, Till till) {
        MoneyChecker.underLoad(db.database());
        assertThat(Audit.of(db.database(), till.prices::find).run(false).stream()
                        .filter(result -> result.id().equals("M8-price"))
                        .toList())
                .allSatisfy(result -> assertThat(result.ok()).as("%s", result).isTrue())
                .isNotEmpty();
    }
}
