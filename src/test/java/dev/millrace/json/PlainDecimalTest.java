package dev.millrace.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PlainDecimalTest {
    private record Priced(BigDecimal amount) {}

    @ParameterizedTest
    @ValueSource(strings = {"1E-9", "0E-9", "1E+3", "0.7", "-12.5"})
    void a_decimal_is_written_without_an_exponent(String text) {
        BigDecimal value = new BigDecimal(text);
        String plain = "{\"amount\":" + value.toPlainString() + "}";
        assertThat(Json.text(new Priced(value))).isEqualTo(plain);
        assertThat(Json.line(Json.tree(new Priced(value)))).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "0.7", "1E-9", "123456789012345678.123456789"})
    void a_tree_keeps_the_number_itself(String text) {
        BigDecimal value = new BigDecimal(text);
        JsonNode tree = Json.tree(Map.of("amount", value));
        assertThat(tree.path("amount").isBigDecimal()).isTrue();
        assertThat(tree.path("amount").decimalValue()).isEqualByComparingTo(value);
        JsonNode alone = Json.tree(value);
        assertThat(alone.decimalValue()).isEqualByComparingTo(value);
    }

    @Test
    void more_places_than_any_amount_has_are_left_as_they_are() {
        assertThat(Json.text(new Priced(new BigDecimal("1E+400")))).isEqualTo("{\"amount\":1E+400}");
    }
}
