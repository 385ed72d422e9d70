package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.billing.rerate.Rated;
import dev.millrace.billing.rerate.Rerater;
import dev.millrace.billing.rerate.Rerating;
import dev.millrace.billing.rerate.Rerating.Left;
import dev.millrace.billing.rerate.Rerating.OfModel;
import dev.millrace.billing.rerate.Unrated;
import dev.millrace.catalog.DraftPrices;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceList;
import dev.millrace.money.Money;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.HoldId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A past time under other prices: exact where all is known, and named where it is not. */
class RerateTest {
    private static final Instant LATER = Instant.parse("2200-01-01T00:00:00Z");
    private static final String DRAFT = """
            models:
              - id: test/image
                title: Test
                description: Paints.
                owned_by: test
                modality: image
                operations: [text-to-image]
                input:
                  type: object
                  properties:
                    n: { type: integer, minimum: 1, maximum: 8, default: 1 }
                    quality: { type: string, enum: [low, medium, high] }
                    image_url: { type: string }
                    style: { type: string }
                units: { image: { parameter: n } }
                prices:
                  source: the draft
                  date: 2026-12-01
                  rules: [%s]
                timeout: 1m
                retention: 1d
            """;

    @TempDir
    Path folder;

    @OnBothDatabases
    void a_draft_prices_every_request_by_what_was_kept_of_it_and_writes_nothing(TestDatabase db) {
        Till till = shop(db);
        Rerating told = rerate(
                till,
                draft("{ unit: image, usd: \"0.10\", when: { quality: high } }, { unit: image, usd: \"0.001\" }"),
                null);
        // high ×2, low ×3, low with a picture ×1; the failed one was charged nothing
        assertThat(told.rated()).isEqualTo(new Rerating.Sum(4, Money.usd("0.16"), Money.usd("0.204")));
        assertThat(told.models()).containsExactly(new OfModel("test/image", told.rated()));
        assertThat(told.keys()).singleElement().extracting(Rerating.OfKey::sum).isEqualTo(told.rated());
        assertThat(told.unrated()).isEmpty();
        assertThat(rerate(till, Map.of(), "1.5").rated().now())
                .as("a markup alone, over the prices of then")
                .isEqualTo(Money.usd("0.24"));
        assertThat(rerate(till, Map.of(), "1").rated().now())
                .as("the terms of then are the charges of then")
                .isEqualTo(Money.usd("0.16"));
        assertThat(till.balance().available()).isEqualTo(Money.usd("10").minus(Money.usd("0.16")));
    }

    @OnBothDatabases
    void what_is_not_known_is_counted_and_named_and_never_guessed(TestDatabase db) {
        Till till = shop(db);
        List<Rated> rows = new ArrayList<>();
        Rerating style = new Rerater(db.database(), till.usage, till.prices::find)
                .run(
                        ACME,
                        Instant.EPOCH,
                        LATER,
                        new DraftPrices(
                                draft(
                                        "{ unit: image, usd: \"1\", when: { style: noir } }, { unit: image, usd: \"2\" }"),
                                null,
                                null),
                        rows::add);
        assertThat(style.rated().requests()).as("the failed one").isOne();
        assertThat(style.unrated())
                .singleElement()
                .extracting(Left::why, Left::requests, Left::then)
                .containsExactly(Unrated.PARAMETER_NOT_KEPT, 3L, Money.usd("0.16"));
        assertThat(Set.copyOf(style.unrated().getFirst().examples()))
                .isEqualTo(Set.of("test:high", "test:low", "test:edit"));
        assertThat(rows).hasSize(4);
        Rerating medium = rerate(
                till,
                draft("{ unit: image, usd: \"1\", when: { quality: medium } }, { unit: image, usd: \"2\" }"),
                null);
        assertThat(medium.unrated())
                .as("a text that the old prices did not name may be any")
                .singleElement()
                .extracting(Left::requests)
                .isEqualTo(2L);
        assertThat(medium.rated().now()).as("high is not medium").isEqualTo(Money.usd("4"));
        Rerating seconds = rerate(till, draft("{ unit: image, usd: \"1\" }, { unit: audio_second, usd: \"1\" }"), null);
        assertThat(seconds.unrated()).singleElement().extracting(Left::why).isEqualTo(Unrated.UNIT_NOT_COUNTED);
    }

    @OnBothDatabases
    void what_came_to_more_than_its_hold_is_named(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("10");
        ObjectNode parameters = Till.parameters(model, "{\"prompt\":\"a\",\"quality\":\"high\"}");
        Quote quote = till.price(model, parameters);
        HoldId id = new HoldId("test:lie");
        till.hold(id, quote);
        till.settle(id, till.bill(quote, parameters, 7));
        assertThat(rerate(till, Map.of(), "2").unrated())
                .singleElement()
                .extracting(Left::why, Left::then)
                .containsExactly(Unrated.ABOVE_HOLD, Money.usd("0.05"));
    }

    /** Two pictures of high quality, three of low, one edit, and a failure. */
    private Till shop(TestDatabase db) {
        Till till = new Till(db, folder);
        Model model = till.model("0.05", "0.03", "0.01");
        till.topUp("10");
        sell(till, model, "test:high", "{\"prompt\":\"a\",\"n\":2,\"quality\":\"high\"}", 2);
        sell(till, model, "test:low", "{\"prompt\":\"a\",\"n\":3,\"quality\":\"low\"}", 3);
        sell(
                till,
                model,
                "test:edit",
                "{\"prompt\":\"a\",\"quality\":\"low\",\"image_url\":\"https://a.example/b\"}",
                1);
        sell(till, model, "test:none", "{\"prompt\":\"a\"}", 0);
        return till;
    }

    private static void sell(Till till, Model model, String id, String json, int images) {
        ObjectNode parameters = Till.parameters(model, json);
        Quote quote = till.price(model, parameters);
        HoldId hold = new HoldId(id);
        till.hold(hold, quote);
        till.settle(hold, till.bill(quote, parameters, images));
    }

    private static Map<String, PriceList> draft(String rules) {
        return DraftPrices.read("draft.yaml", DRAFT.formatted(rules).getBytes(StandardCharsets.UTF_8));
    }

    private static Rerating rerate(Till till, Map<String, PriceList> lists, @Nullable String factor) {
        Long millionths = factor == null
                ? null
                : PriceTerm.of(PriceTerm.Kind.MARKUP, "default", "", factor).value();
        return new Rerater(till.db.database(), till.usage, till.prices::find)
                .run(ACME, Instant.EPOCH, LATER, new DraftPrices(lists, millionths, null), each -> {});
    }
}
