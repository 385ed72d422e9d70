package dev.millrace.payments;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.CardException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeError;
import com.stripe.net.ApiResource;
import com.stripe.net.RequestOptions;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.PaymentIntentListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import dev.millrace.egress.Egress;
import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What we ask of Stripe. Every creation is repeatable by the id of our row. */
final class Stripe {
    private static final long LIST_MAX = 100;

    private final StripeClient client;
    private final String description;

    /** @param settings with a key */
    Stripe(PaymentSettings settings, Egress egress) {
        this.description = settings.description();
        this.client = StripeClient.builder()
                .setApiKey(Objects.requireNonNull(settings.stripeKey()).reveal())
                .setApiBase(settings.stripeUrl().toString())
                .setMaxNetworkRetries(0)
                .setHttpClient(new EgressTransport(egress, settings.timeout()))
                .build();
    }

    private interface Call<T> {
        T send() throws StripeException;
    }

    /** Makes the page on which the row is paid. */
    Checkout open(TopUp row, @Nullable String customer) throws StripeTrouble {
        PaymentIntentData.Builder payment = PaymentIntentData.builder().putMetadata(Intent.REFERENCE, row.id());
        SessionCreateParams.Builder session = SessionCreateParams.builder()
                .setMode(SessionCreateParams.Mode.PAYMENT)
                .setClientReferenceId(row.id())
                .setSuccessUrl(row.successUrl())
                .setCancelUrl(row.cancelUrl())
                .addLineItem(LineItem.builder()
                        .setQuantity(1L)
                        .setPriceData(LineItem.PriceData.builder()
                                .setCurrency(Cents.CURRENCY)
                                .setUnitAmount(Cents.of(row.amount()))
                                .setProductData(LineItem.PriceData.ProductData.builder()
                                        .setName(description)
                                        .build())
                                .build())
                        .build());
        if (row.saveCard()) {
            payment.setSetupFutureUsage(PaymentIntentData.SetupFutureUsage.OFF_SESSION);
            if (customer == null) {
                session.setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS);
            } else {
                session.setCustomer(customer);
            }
        }
        SessionCreateParams params =
                session.setPaymentIntentData(payment.build()).build();
        return Checkout.of(ask(() -> client.v1().checkout().sessions().create(params, once(row))));
    }

    /** How the page stands. */
    Checkout checkout(String session) throws StripeTrouble {
        return Checkout.of(ask(() -> client.v1().checkout().sessions().retrieve(session)));
    }

    /** Takes the row's amount from a saved card, nobody being there. */
    Intent charge(TopUp row, String customer, String method) throws StripeTrouble {
        PaymentIntentCreateParams params = PaymentIntentCreateParams.builder()
                .setAmount(Cents.of(row.amount()))
                .setCurrency(Cents.CURRENCY)
                .setCustomer(customer)
                .setPaymentMethod(method)
                .setOffSession(true)
                .setConfirm(true)
                .setDescription(description)
                .putMetadata(Intent.REFERENCE, row.id())
                .build();
        return Intent.of(ask(() -> client.v1().paymentIntents().create(params, once(row))));
    }

    /** How a payment stands, with its receipt. */
    Intent intent(String id) throws StripeTrouble {
        PaymentIntentRetrieveParams params =
                PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        return Intent.of(ask(() -> client.v1().paymentIntents().retrieve(id, params)));
    }

    /** The payment that was made for the row, among the customer's since the row began; for when its answer was lost. */
    Optional<Intent> made(TopUp row, String customer) throws StripeTrouble {
        PaymentIntentListParams params = PaymentIntentListParams.builder()
                .setCustomer(customer)
                .setLimit(LIST_MAX)
                .setCreated(PaymentIntentListParams.Created.builder()
                        .setGte(row.createdAt().getEpochSecond())
                        .build())
                .build();
        JsonNode list = answer(() ->
                client.v1().paymentIntents().list(params).getLastResponse().body());
        return StreamSupport.stream(list.path("data").spliterator(), false)
                .map(Intent::of)
                .filter(intent -> intent.reference().equals(row.id()))
                .findFirst();
    }

    /** The id in a field that holds an id or the whole object; empty when it is null. */
    static String idOf(JsonNode field) {
        return field.isObject() ? field.path("id").asString("") : field.asString("");
    }

    private static RequestOptions once(TopUp row) {
        return RequestOptions.builder()
                .setIdempotencyKey("millrace-topup-" + row.id())
                .build();
    }

    private static <T extends ApiResource> JsonNode ask(Call<T> call) throws StripeTrouble {
        return answer(() -> call.send().getLastResponse().body());
    }

    private static JsonNode answer(Call<String> call) throws StripeTrouble {
        try {
            return Json.parse(call.send().getBytes(StandardCharsets.UTF_8));
        } catch (StripeException e) {
            throw trouble(e);
        } catch (dev.millrace.problem.ProblemException notJson) {
            throw new StripeTrouble("malformed", false, "");
        }
    }

    private static StripeTrouble trouble(StripeException e) {
        StripeError error = e.getStripeError();
        String intent = error == null || error.getPaymentIntent() == null
                ? ""
                : Objects.requireNonNullElse(error.getPaymentIntent().getId(), "");
        String code = e.getCode() == null ? "status_" + e.getStatusCode() : e.getCode();
        return switch (e) {
            case ApiConnectionException lost -> new StripeTrouble("unreachable", false, "");
            case RateLimitException later -> new StripeTrouble(code, false, "");
            case IdempotencyException clash -> new StripeTrouble(code, false, "");
            case CardException declined -> {
                String decline = declined.getDeclineCode();
                yield new StripeTrouble(decline == null ? code : decline, true, intent);
            }
            case StripeException other -> {
                Integer status = other.getStatusCode();
                boolean refused = status != null && status >= 400 && status < 500 && status != 409;
                yield new StripeTrouble(code, refused, intent);
            }
        };
    }
}
