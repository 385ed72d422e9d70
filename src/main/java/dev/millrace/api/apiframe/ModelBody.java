package dev.millrace.api.apiframe;

import dev.millrace.catalog.Model;
import dev.millrace.money.CreditRate;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One model of the list (contract 1.6).
 *
 * @param operation the path below {@code /v2/} that takes it
 * @param params the name of its block of parameters; null when they stand beside the prompt
 * @param costMin credits for the cheapest request, second or output, as {@code pricingMode} says
 * @param typicalSeconds how long half of its jobs take at most, learnt from real runs once there are any
 */
record ModelBody(
        String id,
        String label,
        String modality,
        String description,
        String operation,
        @Nullable String params,
        BigDecimal costMin,
        BigDecimal costMax,
        String pricingMode,
        BigDecimal typicalSeconds) {

    static ModelBody of(Offer offer, CreditRate rate, Duration typical) {
        Model model = offer.model();
        Pricing pricing = Pricing.of(model, rate);
        return new ModelBody(
                model.id(),
                offer.label(),
                offer.operation().modality().wire(),
                model.description(),
                offer.operation().fact(),
                offer.params(),
                pricing.least(),
                pricing.most(),
                pricing.mode(),
                BigDecimal.valueOf(typical.toMillis(), 3));
    }
}
