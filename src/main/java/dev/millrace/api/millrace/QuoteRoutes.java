package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.Ask;
import dev.millrace.api.millrace.CreateOnce.Created;
import dev.millrace.api.millrace.CreateOnce.Result;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.billing.Affordability;
import dev.millrace.billing.Billing;
import dev.millrace.billing.Quote;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import dev.millrace.catalog.UnknownFields;
import dev.millrace.db.Tx;
import dev.millrace.id.QuoteId;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /api/v1/quotes}: a binding price before the run, and whether wallet and key cover it. */
final class QuoteRoutes {
    /** What the body may hold beside the parameters of the model. */
    static final Form FORM = Form.object()
            .needs("model", "string", "The id or an alias of a model.")
            .takes("type", "string", "What it has to make, as language or image.")
            .takes("settings", "object", "Parameters of the model; they may stand beside it too.")
            .takes("prompt", "string", "May be left out: no price depends on it.")
            .takes("inputTokens", "integer", "For language: how many tokens go in at the most. Or input_tokens.")
            .takes("outputTokens", "integer", "For language: how many come out at the most. Or output_tokens.")
            .takes("input_tokens", "integer", "The same as inputTokens.")
            .takes("output_tokens", "integer", "The same as outputTokens.")
            .andOthers();

    private static final String SURFACE = "POST /api/v1/quotes";
    private static final Set<String> FIELDS = FORM.names();

    /** Where the model is not there to say it. */
    private static final long TOKENS_MAX = 1_000_000_000;

    /** Stands for the prompt, on which no price depends and which a quote need not name. */
    private static final String STAND_IN = "quote";

    private final Access access;
    private final Admission admission;
    private final Catalog catalog;
    private final CreateOnce once;
    private final Quotes quotes;
    private final Billing billing;

    QuoteRoutes(Access access, Admission admission, Catalog catalog, CreateOnce once, Quotes quotes, Billing billing) {
        this.access = access;
        this.admission = admission;
        this.catalog = catalog;
        this.once = once;
        this.quotes = quotes;
        this.billing = billing;
    }

    private record Bound(Quote quote, Affordability affordability) {}

    Response create(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body());
        String id = body.text("model");
        String type = body.textOrNull("type");
        Modality expected = type == null ? null : Fields.modality("type", type);
        Optional<Model> model = catalog.find(id);
        Modality actual = model.map(Model::modality).orElse(expected);
        Quote priced = actual == Modality.LANGUAGE && (expected == null || expected == actual)
                ? language(principal, id, body)
                : media(principal, id, expected, body, model);
        Result<Bound> bound = once.write(
                request,
                SURFACE,
                principal,
                body,
                tx -> {
                    Quote quote = quotes.bind(tx, principal.organization(), principal.key(), priced);
                    String created = Objects.requireNonNull(quote.id()).text();
                    return new Created<>(created, bound(tx, principal, quote));
                },
                (tx, earlier) -> bound(
                        tx,
                        principal,
                        quotes.find(tx, QuoteId.parse(earlier).orElseThrow(), principal.organization())));
        String shown = actual == null ? "" : actual.wire();
        Response response = Response.json(
                201, QuoteBody.of(bound.value().quote(), shown, bound.value().affordability()));
        return bound.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    private Bound bound(Tx tx, Principal principal, Quote quote) {
        return new Bound(quote, billing.affordability(tx, principal.spender(), quote));
    }

    private Quote language(Principal principal, String model, Fields body) {
        ObjectNode settings = Parameters.of(body, FIELDS);
        Optional<TextLimits> limits = catalog.find(model).flatMap(Model::text);
        long context = limits.map(TextLimits::contextTokens).orElse(TOKENS_MAX);
        long answer = limits.map(TextLimits::maxOutputTokens).orElse(TOKENS_MAX);
        long input = tokens(body, "inputTokens", "input_tokens", context);
        long output = tokens(body, "outputTokens", "output_tokens", answer);
        return admission.priceText(ask(principal, model, Modality.LANGUAGE, settings), input, output);
    }

    private Quote media(
            Principal principal, String id, @Nullable Modality expected, Fields body, Optional<Model> model) {
        ObjectNode parameters = Parameters.of(body, FIELDS);
        ObjectNode named = model.filter(one -> MediaRequest.makes(one, expected))
                .map(one -> complete(one, parameters))
                .orElse(parameters);
        return admission.admit(ask(principal, id, expected, named)).quote();
    }

    private static ObjectNode complete(Model model, ObjectNode parameters) {
        var unused = Delivery.taken(parameters, Optional.of(model));
        ObjectNode named = Parameters.named(model, parameters, List.of());
        String prompt = model.input().roles().getOrDefault("prompt", "prompt");
        if (model.input().names().contains(prompt) && !named.hasNonNull(prompt)) {
            named.put(prompt, STAND_IN);
        }
        return named;
    }

    private static Ask ask(Principal principal, String model, @Nullable Modality expected, ObjectNode settings) {
        return new Ask(principal, MillraceApi.DIALECT, model, expected, settings, UnknownFields.REJECT, null);
    }

    /** More than the model reads or writes is no request that could ever be made. */
    private static long tokens(Fields body, String camel, String snake, long most) {
        String name = body.has(snake) ? snake : camel;
        long tokens = body.number(name, 0)
                .orElseThrow(() -> Fields.wrong(camel, "required", "is missing: how many tokens at the most?"));
        if (tokens > most) {
            throw Fields.wrong(name, "maximum", "must be at most " + most + ", which is all that the model takes.");
        }
        return tokens;
    }
}
