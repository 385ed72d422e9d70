package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static dev.millrace.billing.Till.KEY;
import static dev.millrace.billing.Till.OTHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.catalog.Model;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.QuoteId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class QuotesTest {
    private static final HoldId JOB = new HoldId("test:a");
    private static final KeyId SECOND = new KeyId("keykeykeykey2");

    @TempDir
    Path folder;

    @OnBothDatabases
    void a_binding_quote_holds_the_price_after_the_price_has_changed(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("1");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}");
        Quote bound = bind(till, till.price(model, parameters));
        Model dearer = till.model("0.50", "0.30", "0.10");
        Quote quote = quoted(till, bound, ACME, KEY, dearer, parameters);
        assertThat(quote.max()).isEqualTo(Money.usd("0.05"));
        till.hold(JOB, quote);
        assertThat(till.settle(JOB, till.bill(quote, parameters, 1))
                        .orElseThrow()
                        .charge())
                .isEqualTo(Money.usd("0.05"));
        MoneyChecker.underLoad(db.database());
    }

    @OnBothDatabases
    void a_quote_covers_what_costs_no_more_and_refuses_what_does(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        Quote bound =
                bind(till, till.price(model, Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"low\",\"n\":2}")));
        ObjectNode cheaper = Till.parameters(model, "{\"prompt\":\"other words\",\"quality\":\"low\"}");
        assertThat(quoted(till, bound, ACME, KEY, model, cheaper).max()).isEqualTo(Money.usd("0.01"));
        ObjectNode dearer = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}");
        assertUnusable("not_covered", () -> quoted(till, bound, ACME, KEY, model, dearer));
    }

    @OnBothDatabases
    void a_quote_is_for_its_organization_its_key_and_its_model(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\"}");
        Quote bound = bind(till, till.price(model, parameters));
        assertUnusable("not_found", () -> quoted(till, bound, OTHER, KEY, model, parameters));
        assertUnusable("other_key", () -> quoted(till, bound, ACME, SECOND, model, parameters));
        Quote unknown = new Quote(new QuoteId(new UUID(8, 8)), model.id(), "x", Money.ZERO, Money.ZERO, null);
        assertUnusable("not_found", () -> quoted(till, unknown, ACME, KEY, model, parameters));
        Quote otherModel = bind(till, new Quote(null, "test/other", "v", Money.usd("1"), Money.usd("1"), null));
        assertUnusable("other_model", () -> quoted(till, otherModel, ACME, KEY, model, parameters));
    }

    @OnBothDatabases
    void a_quote_is_used_once_and_a_failed_hold_does_not_use_it(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}");
        Quote bound = bind(till, till.price(model, parameters));
        Quote quote = quoted(till, bound, ACME, KEY, model, parameters);
        assertThatThrownBy(() -> till.hold(JOB, quote)).isInstanceOf(ProblemException.class);
        till.topUp("1");
        till.hold(JOB, quote);
        till.hold(JOB, quote);
        assertUnusable("used", () -> till.hold(new HoldId("test:b"), quote));
        assertUnusable("used", () -> quoted(till, bound, ACME, KEY, model, parameters));
        assertThat(till.balance().held()).isEqualTo(Money.usd("0.05"));
        MoneyChecker.underLoad(db.database());
    }

    /** On SQLite, whose clock the test sets: a quote lives for minutes. */
    @Test
    void an_expired_quote_is_refused_before_the_hold_and_at_it_and_is_pruned_in_the_end() {
        try (TestDatabase db = TestDatabase.sqlite()) {
            Till till = new Till(db, folder);
            Model model = till.model("0.05", "0.03", "0.01");
            till.topUp("1");
            ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\"}");
            Quote bound = bind(till, till.price(model, parameters));
            db.letTimePass(Quotes.LIFETIME.minusMillis(1));
            Quote quote = quoted(till, bound, ACME, KEY, model, parameters);
            db.letTimePass(Duration.ofMillis(1));
            assertUnusable("expired", () -> quoted(till, bound, ACME, KEY, model, parameters));
            assertUnusable("expired", () -> till.hold(JOB, quote));
            assertThat(prune(till)).isZero();
            db.letTimePass(Duration.ofDays(2));
            assertThat(prune(till)).isEqualTo(1);
            assertUnusable("not_found", () -> quoted(till, bound, ACME, KEY, model, parameters));
        }
    }

    private static int prune(Till till) {
        return till.db.writer().write(ACME.text(), tx -> till.quotes.prune(tx, 10));
    }

    private static Quote bind(Till till, Quote quote) {
        return till.db.writer().write(ACME.text(), tx -> till.quotes.bind(tx, ACME, KEY, quote));
    }

    private static Quote quoted(
            Till till, Quote quote, OrganizationId organization, KeyId key, Model model, ObjectNode parameters) {
        QuoteId id = Objects.requireNonNull(quote.id());
        return till.db
                .database()
                .read(tx ->
                        till.quotes.quoted(tx, id, organization, key, model, parameters, model.planned(parameters)));
    }

    private static void assertUnusable(String reason, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.QUOTE_NOT_USABLE);
            assertThat(e.problem().facts()).containsEntry("reason", reason);
        });
    }
}
