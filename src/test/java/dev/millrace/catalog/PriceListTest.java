package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.testkit.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PriceListTest {
    private static final Units ONE_IMAGE = Units.of(Unit.IMAGE, 1);

    @Test
    void the_first_rule_that_holds_applies() {
        PriceList prices = CatalogText.priced(
                        "{ unit: image, usd: \"0.01\", when: { quality: low, n: [1, 2] } }",
                        "{ unit: image, usd: \"0.02\", when: { quality: low } }",
                        "{ unit: image, usd: \"0.05\" }")
                .prices();
        assertThat(charge(prices, "{'quality':'low','n':2}")).isEqualTo("0.01");
        assertThat(charge(prices, "{'quality':'low','n':3}")).isEqualTo("0.02");
        assertThat(charge(prices, "{'quality':'high','n':1}")).isEqualTo("0.05");
    }

    @Test
    void a_missing_parameter_that_changes_the_price_is_held_at_the_dearest() {
        PriceList prices = CatalogText.priced(
                        "{ unit: image, usd: \"0.09\", when: { quality: high } }",
                        "{ unit: image, usd: \"0.01\", when: { quality: low } }",
                        "{ unit: image, usd: \"0.05\" }")
                .prices();
        assertThat(worst(prices, "{}")).isEqualTo("0.09");
        assertThat(worst(prices, "{'quality':'low'}")).isEqualTo("0.01");
        assertThat(worst(prices, "{'quality':null}")).isEqualTo("0.09");
        assertThat(charge(prices, "{}")).isEqualTo("0.05");
    }

    @Test
    void a_line_of_an_absurd_quantity_says_the_most_that_is_shown() {
        PriceList prices = CatalogText.priced("{ unit: image, usd: \"0.2\" }").prices();
        assertThat(prices.lines(Json.object(), Units.of(Unit.IMAGE, 1_000_000_000_000L)))
                .extracting(PriceLine::amount)
                .containsExactly(Money.ZERO, PriceList.LINE_MOST);
    }

    @Test
    void conditions_may_be_ranges_values_and_presence() {
        PriceList prices = CatalogText.priced(
                        "{ unit: image, usd: \"1\", when: { width: { max: 512 } } }",
                        "{ unit: image, usd: \"2\", when: { width: { min: 513, max: 1024 }, image_url: { given: true } } }",
                        "{ unit: image, usd: \"3\", when: { audio: off } }",
                        "{ unit: image, usd: \"4\" }")
                .prices();
        assertThat(charge(prices, "{'width':512}")).isEqualTo("1.00");
        assertThat(charge(prices, "{'width':513,'image_url':'u'}")).isEqualTo("2.00");
        assertThat(charge(prices, "{'width':513,'audio':'off'}")).isEqualTo("3.00");
        assertThat(charge(prices, "{'width':2000,'image_url':'u','audio':'on'}"))
                .isEqualTo("4.00");
        assertThat(worst(prices, "{'audio':'off'}"))
                .as("no width: any of the first three")
                .isEqualTo("3.00");
    }

    @Test
    void the_costs_of_units_add_up_and_a_request_is_counted_whatever_is_reported() {
        PriceList prices = CatalogText.priced("{ unit: request, usd: \"0.10\" }", "{ unit: image, usd: \"0.01\" }")
                .prices();
        assertThat(charge(prices, "{}")).isEqualTo("0.11");
        assertThat(prices.charge(Json.object(), ONE_IMAGE.with(Unit.REQUEST, 1)).toUsd())
                .isEqualTo("0.11");
        assertThat(prices.charge(Json.object(), Units.NONE)).isEqualTo(Money.ZERO);
        assertThat(prices.charge(Json.object(), Units.of(Unit.AUDIO_SECOND, 9000))
                        .toUsd())
                .as("a unit without a rule is free")
                .isEqualTo("0.10");
    }

    @Test
    void a_part_of_a_nano_is_charged_as_a_whole_one() {
        PriceList prices = CatalogText.read(CatalogText.model("a/video", "0.000000001")
                        .replace("modality: image", "modality: video")
                        .replace("unit: image", "unit: video_second"))
                .prices();
        assertThat(prices.charge(Json.object(), Units.of(Unit.VIDEO_SECOND, 1))).isEqualTo(Money.ofNanos(1));
        assertThat(prices.charge(Json.object(), Units.of(Unit.VIDEO_SECOND, 1001)))
                .isEqualTo(Money.ofNanos(2));
    }

    @Test
    void cached_and_reasoning_tokens_cost_what_plain_ones_cost_unless_they_have_a_price() {
        Model text = Catalog.bundled().find("sandbox/text").orElseThrow();
        assertThat(text.prices().charge(Json.object(), Units.of(Unit.CACHED_INPUT_TOKEN, 2)))
                .isEqualTo(Money.ofNanos(300));
        assertThat(text.prices().charge(Json.object(), Units.of(Unit.REASONING_TOKEN, 2)))
                .isEqualTo(Money.ofNanos(1200));
    }

    @Test
    void the_version_is_the_content() {
        PriceList one = CatalogText.priced("{ unit: image, usd: \"0.01\" }").prices();
        PriceList same = CatalogText.priced("{ usd: \"0.01\", unit: image }").prices();
        PriceList other = CatalogText.priced("{ unit: image, usd: \"0.02\" }").prices();
        assertThat(one.version()).isEqualTo(same.version()).hasSize(16).isNotEqualTo(other.version());
    }

    @Test
    void no_charge_is_above_the_worst_case() {
        SplittableRandom random = Seeds.random("PriceListTest");
        PriceList prices = CatalogText.priced(
                        "{ unit: request, usd: \"0.003\", when: { quality: [low, high], n: { min: 2 } } }",
                        "{ unit: request, usd: \"0.001\" }",
                        "{ unit: image, usd: \"0.01\", when: { quality: low } }",
                        "{ unit: image, usd: \"0.02\", when: { width: { max: 1024 } } }",
                        "{ unit: image, usd: \"0.015\", when: { image_url: { given: false } } }",
                        "{ unit: image, usd: \"0.03\" }")
                .prices();
        for (int run = 0; run < 2000; run++) {
            ObjectNode asked = Json.object();
            ObjectNode known = Json.object();
            put(random, asked, known, "quality", random.nextBoolean() ? "'low'" : "'high'");
            put(random, asked, known, "n", String.valueOf(random.nextInt(1, 5)));
            put(random, asked, known, "width", String.valueOf(random.nextInt(1, 2000)));
            if (random.nextBoolean()) {
                asked.put("image_url", "u");
                known.put("image_url", "u");
            }
            Units planned = Units.of(Unit.IMAGE, random.nextInt(1, 5));
            Units used = Units.of(Unit.IMAGE, random.nextLong(planned.get(Unit.IMAGE) + 1));
            assertThat(prices.charge(known, used))
                    .as("%s, known as %s", asked, known)
                    .isLessThanOrEqualTo(prices.worst(asked, planned));
        }
    }

    /** The upstream knows every parameter, for it chose those that were not asked for. */
    private static void put(SplittableRandom random, ObjectNode asked, ObjectNode known, String name, String json) {
        ObjectNode value = SchemaErrors.json("{'" + name + "':" + json + "}");
        known.setAll(value);
        if (random.nextBoolean()) {
            asked.setAll(value);
        }
    }

    private static String charge(PriceList prices, String parameters) {
        return prices.charge(SchemaErrors.json(parameters), ONE_IMAGE).toUsd();
    }

    private static String worst(PriceList prices, String parameters) {
        return prices.worst(SchemaErrors.json(parameters), ONE_IMAGE).toUsd();
    }
}
