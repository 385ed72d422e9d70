package dev.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.FieldError;
import dev.millrace.testkit.Examples;
import dev.millrace.testkit.Seeds;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds every model of the catalogue to its own schema, with examples that are made from it. */
class EveryModelTest {
    private static final int RUNS = 100;
    private static final Set<String> ABOUT_THE_WHOLE = Set.of("required", "dependentRequired");

    static Stream<Model> models() {
        return Catalog.bundled().all().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void takes_what_its_schema_allows_and_can_price_it(Model model) {
        SplittableRandom random = Seeds.random("EveryModelTest " + model.id());
        Examples examples = new Examples(model.inputSchema(), random);
        for (int run = 0; run < RUNS; run++) {
            ObjectNode parameters = examples.valid();
            ObjectNode checked = model.checked(parameters, UnknownFields.REJECT);
            assertThat(checked.propertyNames()).containsAll(parameters.propertyNames());
            assertThatCode(() -> model.checked(checked, UnknownFields.REJECT))
                    .as("what was checked can be checked again")
                    .doesNotThrowAnyException();
            Units planned = model.planned(checked);
            Money charge = model.prices().charge(checked, planned);
            Money worst = model.prices().worst(parameters, planned);
            assertThat(worst).as("worst case of %s", parameters).isGreaterThanOrEqualTo(charge);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void refuses_each_parameter_that_is_wrong_and_names_it(Model model) {
        SplittableRandom random = Seeds.random("EveryModelTest " + model.id());
        ObjectNode schema = model.inputSchema();
        Examples examples = new Examples(schema, random);
        schema.path("properties").properties().forEach(entry -> {
            for (JsonNode bad : examples.invalid(entry.getValue())) {
                ObjectNode parameters = examples.valid();
                parameters.set(entry.getKey(), bad);
                assertThat(SchemaErrors.of(model, parameters, UnknownFields.IGNORE))
                        .as("%s: %s = %s", model.id(), entry.getKey(), bad)
                        .anySatisfy(error -> assertThat(error.path()).isEqualTo(entry.getKey()));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void refuses_a_parameter_that_it_does_not_know_and_names_it(Model model) {
        SplittableRandom random = Seeds.random("EveryModelTest " + model.id());
        ObjectNode parameters = new Examples(model.inputSchema(), random).valid();
        parameters.put("no_such_thing", 1);
        assertThat(SchemaErrors.of(model, parameters)).singleElement().satisfies(error -> {
            assertThat(error.path()).isEqualTo("no_such_thing");
            assertThat(error.rule()).isEqualTo("additionalProperties");
        });
    }

    @ParameterizedTest
    @MethodSource("models")
    void refuses_a_request_without_a_required_parameter(Model model) {
        SplittableRandom random = Seeds.random("EveryModelTest " + model.id());
        ObjectNode schema = model.inputSchema();
        for (String name : Examples.texts(schema.path("required"))) {
            ObjectNode parameters = new Examples(schema, random).valid();
            parameters.remove(name);
            FieldError error =
                    SchemaErrors.of(model, parameters, UnknownFields.IGNORE).getFirst();
            assertThat(ABOUT_THE_WHOLE).contains(error.rule());
            assertThat(error.expected()).isEqualTo("\"" + name + "\"");
        }
    }
}
