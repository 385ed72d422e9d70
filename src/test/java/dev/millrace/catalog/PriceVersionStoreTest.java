package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

class PriceVersionStoreTest {
    @OnBothDatabases
    void a_price_list_outlives_the_catalogue_that_had_it(TestDatabase db) {
        Model before = CatalogText.priced(
                "{ unit: image, usd: \"0.094\", when: { quality: [low, high], width: { max: 512 } } }",
                "{ unit: image, usd: \"0.1\" }");
        Model after = CatalogText.priced("{ unit: image, usd: \"0.2\" }");
        remember(db, before);
        remember(db, after);
        PriceList old = find(db, "a/model", before.prices().version());
        ObjectNode parameters = SchemaErrors.json("{'quality':'low','width':512}");
        assertThat(old.charge(parameters, Units.of(Unit.IMAGE, 1)).toUsd()).isEqualTo("0.094");
        assertThat(old.rules()).isEqualTo(before.prices().rules());
        assertThat(old.body()).isEqualTo(before.prices().body());
        assertThat(find(db, "a/model", after.prices().version())
                        .charge(Json.object(), Units.of(Unit.IMAGE, 1))
                        .toUsd())
                .isEqualTo("0.20");
    }

    @OnBothDatabases
    void the_first_time_that_a_list_was_served_stands(TestDatabase db) {
        Model model = CatalogText.priced("{ unit: image, usd: \"0.2\" }");
        remember(db, model);
        Instant first = firstSeen(db);
        db.letTimePass(Duration.ofMillis(5));
        remember(db, model);
        assertThat(firstSeen(db)).isEqualTo(first);
    }

    @OnBothDatabases
    void an_unknown_version_is_not_found(TestDatabase db) {
        Model model = CatalogText.priced("{ unit: image, usd: \"0.2\" }");
        PriceVersionStore store = new PriceVersionStore();
        assertThat(look(db, store, "a/model", model.prices().version())).isEmpty();
        remember(db, model);
        assertThat(look(db, store, "a/model", model.prices().version()))
                .as("what was not found is looked up again")
                .isPresent();
        assertThat(look(db, store, "b/model", model.prices().version())).isEmpty();
    }

    private static void remember(TestDatabase db, Model model) {
        db.writer().write("catalog", tx -> {
            new PriceVersionStore().remember(tx, List.of(model));
            return 0;
        });
    }

    private static Optional<PriceList> look(TestDatabase db, PriceVersionStore store, String model, String version) {
        return db.database().read(tx -> store.find(tx, model, version));
    }

    private static PriceList find(TestDatabase db, String model, String version) {
        return look(db, new PriceVersionStore(), model, version).orElseThrow();
    }

    private static Instant firstSeen(TestDatabase db) {
        return db.database()
                .read(tx -> tx.one("select first_seen from price_versions", row -> row.instant("first_seen")))
                .orElseThrow();
    }
}
