package dev.millrace.payments;

import dev.millrace.config.Secret;
import dev.millrace.money.Money;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How payments by card are taken.
 *
 * @param stripeKey Stripe's secret key, {@code sk_live_…} or {@code sk_test_…}; not set takes no payments by card
 * @param stripeWebhookSecret the signing secret of the webhook endpoint at Stripe, {@code whsec_…}; not set refuses every callback, and
 *     payments are credited when they are asked for
 * @param stripeUrl where Stripe's API is
 * @param minimum the least that one payment may be
 * @param maximum the most that one payment may be
 * @param description what Stripe's page says that is bought
 * @param successUrl where a payer is sent behind the payment unless the request says; not set is this server's front door
 * @param cancelUrl where a payer is sent who turns back, likewise
 * @param askAfter how old a payment is when Stripe is asked about it first, in case its callback was lost
 * @param timeout how long one call to Stripe may take
 * @param automaticFailures how many automatic payments in a row may fail before the automatic top-up is stopped
 */
public record PaymentSettings(
        @Nullable Secret stripeKey,
        @Nullable Secret stripeWebhookSecret,
        URI stripeUrl,
        Money minimum,
        Money maximum,
        String description,
        @Nullable URI successUrl,
        @Nullable URI cancelUrl,
        Duration askAfter,
        Duration timeout,
        int automaticFailures) {
    public static final PaymentSettings DEFAULTS = new PaymentSettings(
            null,
            null,
            URI.create("https://api.stripe.com"),
            Money.usd("5"),
            Money.usd("10000"),
            "Prepaid balance",
            null,
            null,
            Duration.ofMinutes(15),
            Duration.ofSeconds(20),
            3);

    public PaymentSettings {
        if (stripeKey != null && !stripeKey.reveal().matches("(sk|rk)_(live|test)_\\S+")) {
            throw new IllegalArgumentException("stripe_key must begin with sk_live_, sk_test_, rk_live_ or rk_test_");
        }
        if (stripeWebhookSecret != null && stripeWebhookSecret.reveal().isBlank()) {
            throw new IllegalArgumentException("stripe_webhook_secret is blank: set it, or leave it out");
        }
        if (Cents.exact(minimum).isEmpty()
                || Cents.exact(maximum).isEmpty()
                || !minimum.isPositive()
                || maximum.compareTo(minimum) < 0) {
            throw new IllegalArgumentException("minimum and maximum must be whole cents, above zero and in this order");
        }
        if (automaticFailures < 1) {
            throw new IllegalArgumentException("automatic_failures must be at least 1");
        }
    }

    /** Whether payments by card are taken. */
    public boolean on() {
        return stripeKey != null;
    }

    /** Whether they are with real money. */
    public boolean live() {
        return stripeKey != null && stripeKey.reveal().contains("_live_");
    }
}
