package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import dev.millrace.console.code.Sample;
import dev.millrace.console.schema.ParameterRow;
import dev.millrace.console.schema.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Everything about one model.
 *
 * @param facts what it is and what it keeps to, in short
 * @param source where its prices are from
 */
public record ModelView(
        ModelCard card,
        Times times,
        List<Fact> facts,
        List<String> aliases,
        List<String> capabilities,
        List<ParameterRow> parameters,
        List<PriceLine> prices,
        String source,
        String date,
        List<Sample> samples,
        List<ModelCard> relatives) {
    /** One line of what is known. */
    public record Fact(String name, String value, String note) {}

    static ModelView of(Model model, Times times, Rates rates, String base, List<ModelCard> relatives) {
        return new ModelView(
                ModelCard.of(model, times),
                times,
                facts(model),
                model.aliases(),
                model.capabilities().stream().map(Words::operation).toList(),
                Parameters.of(model.inputSchema()),
                PriceLine.of(model.prices(), model.modality(), rates),
                model.prices().body().path("source").asString(""),
                model.prices().body().path("date").asString(""),
                Samples.of(model, base),
                relatives);
    }

    /** Whether a price is shown in credits too. */
    public boolean credits() {
        return prices.stream().anyMatch(line -> !line.apiframe().isEmpty());
    }

    /** The reference of the source when it is a link. */
    public String sourceLink() {
        return source.startsWith("https://") ? source : "";
    }

    /** What a reader has to put into the examples; empty when they work as they are. */
    public String own() {
        String code = samples.getFirst().code();
        if (code.contains(SampleValues.CLIP)) {
            return "Put a link to a file of yours in place of " + SampleValues.CLIP
                    + ": an upload, an output of an earlier request, or any public link.";
        }
        return code.contains(SampleValues.ID) ? "Put the id of one of yours in place of " + SampleValues.ID + "." : "";
    }

    private static List<Fact> facts(Model model) {
        List<Fact> facts = new ArrayList<>();
        model.text().ifPresent(text -> addTokens(facts, text));
        facts.add(new Fact("Timeout", Words.time(model.timeout()), "then it fails, and costs nothing"));
        if (model.text().isEmpty()) {
            facts.add(new Fact(
                    "Files are kept", Words.time(model.retention()), "or as your organization or request says"));
        }
        facts.add(new Fact("Moderation", policy(model.moderation()), "what is rejected costs nothing"));
        return facts;
    }

    private static void addTokens(List<Fact> facts, TextLimits text) {
        facts.add(new Fact("Context", count(text.contextTokens()) + " tokens", "request and answer together"));
        facts.add(new Fact("Longest answer", count(text.maxOutputTokens()) + " tokens", ""));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String policy(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
