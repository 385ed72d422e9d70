package dev.millrace.api.millrace.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceRule;
import dev.millrace.json.Json;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One line of the price list: what one model costs, since when, and where the price comes from. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PriceBody(
        String object,
        String model,
        String name,
        String owned_by,
        String type,
        String currency,
        String version,
        String source,
        String date,
        @Nullable String minimum_usd,
        List<RateBody> rates) {
    /**
     * What one of a thing costs while some parameters are as stated; of the rates of one unit the first that fits applies.
     *
     * @param usd dollars for one token, image, second, track or request
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RateBody(
            String unit, String usd, @Nullable ObjectNode when) {}

    public static PriceBody of(Model model) {
        ObjectNode stated = model.prices().body();
        List<PriceRule> rules = model.prices().rules();
        return new PriceBody(
                "price",
                model.id(),
                model.title(),
                model.ownedBy(),
                model.modality().wire(),
                "USD",
                model.prices().version(),
                stated.path("source").asString(""),
                stated.path("date").asString(""),
                PricingBody.minimum(model.prices()),
                IntStream.range(0, rules.size())
                        .mapToObj(i ->
                                rate(rules.get(i), stated.path("rules").path(i).path("when")))
                        .toList());
    }

    private static RateBody rate(PriceRule rule, JsonNode when) {
        String usd = PricingBody.dollars(rule).stripTrailingZeros().toPlainString();
        return new RateBody(rule.unit().wire(), usd, when.isObject() ? Json.tree(when) : null);
    }
}
