package dev.millrace.api.millrace;

import dev.millrace.billing.Affordability;
import dev.millrace.billing.Quote;
import java.util.Objects;

/** A binding quote: {@code max_charge_usd} is never exceeded by the request that names it. */
record QuoteBody(
        String id,
        String object,
        String model,
        String type,
        String currency,
        String estimated_charge_usd,
        String max_charge_usd,
        String max_charge,
        String price_version,
        String expires_at,
        boolean affordable,
        WalletBody wallet,
        KeyBody key) {

    /** Whether what is available covers it now. */
    record WalletBody(String available_usd, String held_usd, boolean sufficient) {}

    /** Whether the key's own cap covers it now. */
    record KeyBody(boolean sufficient) {}

    static QuoteBody of(Quote quote, String type, Affordability affordability) {
        return new QuoteBody(
                Objects.requireNonNull(quote.id()).text(),
                "quote",
                quote.model(),
                type,
                "USD",
                quote.expected().toUsd(),
                quote.max().toUsd(),
                quote.max().toUsd(),
                quote.priceVersion(),
                Objects.requireNonNull(quote.expiresAt()).toString(),
                affordability.affordable(),
                new WalletBody(
                        affordability.balance().available().toUsd(),
                        affordability.balance().held().toUsd(),
                        affordability.wallet()),
                new KeyBody(affordability.key()));
    }
}
