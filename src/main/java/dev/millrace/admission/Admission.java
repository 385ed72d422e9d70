package dev.millrace.admission;

import dev.millrace.access.Principal;
import dev.millrace.billing.Quote;
import dev.millrace.billing.Quotes;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import dev.millrace.db.Database;
import dev.millrace.id.QuoteId;
import dev.millrace.limits.RateState;
import dev.millrace.limits.RequestRate;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.provider.Dialogue;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Admits requests, in this order: rate, model, kind, scopes of the key, parameters, price, rules of the plan. The first that does not hold is the answer; nothing
 * is stored, held or called.
 */
public final class Admission {
    private static final String MAX_TOKENS = "max_tokens";
    private static final String SEED = "seed";

    private final RequestRate rate;
    private final Models models;
    private final Quotes quotes;
    private final Database database;
    private final Consumer<ObjectNode> upstreamRules;

    /**
     * @param database where binding quotes are looked up; nothing is written
     * @param upstreamRules refuses parameters that no schema knows, because an upstream alone does (the sandbox's instructions), with
     *     {@code INVALID_PARAMETER}
     */
    public Admission(
            RequestRate rate, Catalog catalog, Quotes quotes, Database database, Consumer<ObjectNode> upstreamRules) {
        this.rate = rate;
        this.models = new Models(catalog);
        this.quotes = quotes;
        this.database = database;
        this.upstreamRules = upstreamRules;
    }

    /**
     * Admits a request for an image, a video or music.
     *
     * @throws dev.millrace.problem.ProblemException {@code RATE_LIMITED}, {@code MODEL_NOT_FOUND}, {@code MODEL_BLOCKED},
     *     {@code MODEL_DISABLED}, {@code FORBIDDEN} (the key may not use it), {@code INVALID_PARAMETER} (also for a model that makes something else: field
     *     {@code model}), or {@code QUOTE_NOT_USABLE}
     */
    public AdmittedMedia admit(Ask ask) {
        RateState state =
                rate.take(ask.principal().organization(), ask.principal().key());
        Model model = allowed(ask, models.media(ask.model(), ask.expected()));
        ObjectNode parameters = checked(model, ask);
        Units planned = model.planned(parameters);
        Quote quote = quote(ask, model, parameters, planned);
        charge(ask, model, 0);
        return new AdmittedMedia(ask.principal(), ask.dialect(), model, parameters, planned, quote, state);
    }

    /** Admits a language request; the problems are those of {@link #admit}. */
    public AdmittedText admitText(Ask ask, Dialogue dialogue) {
        RateState state =
                rate.take(ask.principal().organization(), ask.principal().key());
        Model model = allowed(ask, models.language(ask.model()));
        TextLimits limits = limits(model);
        ObjectNode parameters = checked(model, ask);
        long input = Conversation.inputTokensMax(model, limits, dialogue);
        long output = number(parameters.remove(MAX_TOKENS), limits.defaultOutputTokens());
        JsonNode seed = parameters.remove(SEED);
        Units planned = Units.of(Unit.INPUT_TOKEN, input).with(Unit.OUTPUT_TOKEN, output);
        Quote quote = quote(ask, model, parameters, planned);
        charge(ask, model, input + output);
        return new AdmittedText(
                ask.principal(),
                ask.dialect(),
                model,
                dialogue,
                parameters,
                output,
                seed == null || seed.isNull() ? OptionalLong.empty() : OptionalLong.of(seed.asLong()),
                planned,
                quote,
                state);
    }

    /**
     * What a language request of so many tokens may cost, without its messages: for estimates.
     *
     * @throws dev.millrace.problem.ProblemException as {@link #admit}
     */
    public Quote priceText(Ask ask, long inputTokens, long outputTokens) {
        rate.take(ask.principal().organization(), ask.principal().key());
        Model model = allowed(ask, models.language(ask.model()));
        ObjectNode parameters = checked(model, ask);
        Units planned = Units.of(Unit.INPUT_TOKEN, inputTokens).with(Unit.OUTPUT_TOKEN, outputTokens);
        return quotes.price(ask.principal().organization(), model, parameters, planned);
    }

    /** Last of all, so that what is refused for another reason does not count against a plan. */
    private void charge(Ask ask, Model model, long tokens) {
        Principal principal = ask.principal();
        rate.charge(principal.organization(), principal.key(), model.id(), model.modality(), tokens);
    }

    private static Model allowed(Ask ask, Model model) {
        ask.principal().scopes().requireModel(model.id(), model.modality());
        return model;
    }

    private ObjectNode checked(Model model, Ask ask) {
        ObjectNode parameters = model.checked(ask.parameters(), ask.unknown(), ask.dialect());
        upstreamRules.accept(parameters);
        return parameters;
    }

    private Quote quote(Ask ask, Model model, ObjectNode parameters, Units planned) {
        QuoteId id = ask.quote();
        Principal principal = ask.principal();
        if (id == null) {
            return quotes.price(principal.organization(), model, parameters, planned);
        }
        return database.read(
                tx -> quotes.quoted(tx, id, principal.organization(), principal.key(), model, parameters, planned));
    }

    private static TextLimits limits(Model model) {
        return model.text().orElseThrow(() -> new IllegalStateException("bug: " + model.id() + " has no token limits"));
    }

    private static long number(@Nullable JsonNode value, long otherwise) {
        return value == null || value.isNull() ? otherwise : value.asLong();
    }
}
