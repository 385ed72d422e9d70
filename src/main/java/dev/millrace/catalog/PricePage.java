package dev.millrace.catalog;

import dev.millrace.meter.Modality;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The full price list as a page in Markdown: every model, by kind and family, with what it costs and how long it takes. */
public final class PricePage {
    private static final String HEAD = """
            # Models and prices

            Every model that the bundled catalogue offers, and what it costs, in US dollars. This page is written by
            `./millrace admin catalog prices`, which also shows the models of an installation's own files; [the catalogue](catalog.md)
            says how prices work and where each one is from. What stands under *usually* is said until runs have taught it.
            Dialects that speak of credits show these prices in credits of theirs: Higgsfield's is 0.0625 USD, Apiframe's 0.01 USD.
            """;

    private PricePage() {}

    public static String of(Collection<Model> models) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Modality modality : Modality.values()) {
            TreeMap<String, List<Model>> families = models.stream()
                    .filter(model -> model.modality() == modality)
                    .collect(Collectors.groupingBy(Model::family, TreeMap::new, Collectors.toList()));
            if (!families.isEmpty()) {
                page.append("\n## ").append(title(modality)).append('\n');
                families.forEach((family, members) -> family(page, family, members));
            }
        }
        return page.toString();
    }

    private static String title(Modality modality) {
        return switch (modality) {
            case LANGUAGE -> "Language";
            case IMAGE -> "Images";
            case VIDEO -> "Videos";
            case MUSIC -> "Music";
            case SPEECH -> "Speech";
            case TRANSCRIPTION -> "Transcription";
        };
    }

    private static void family(StringBuilder page, String family, List<Model> members) {
        page.append("\n### ")
                .append(family)
                .append("\n| model | does | price | usually | kept |\n| --- | --- | --- | --- | --- |\n");
        for (Model model : members) {
            page.append("| `")
                    .append(model.id())
                    .append("` ")
                    .append(model.title())
                    .append(" | ");
            page.append(String.join(", ", model.operations())).append(" | ");
            page.append(String.join(" + ", PriceText.of(model.prices()))).append(" | ");
            page.append(time(model.typical())).append(" | ");
            page.append(time(model.retention())).append(" |\n");
        }
        String sources = members.stream()
                .map(model -> model.prices().body())
                .map(body -> body.path("source").asString("") + ", "
                        + body.path("date").asString(""))
                .distinct()
                .collect(Collectors.joining(". "));
        page.append("\nPrices: ").append(sources).append(".\n");
    }

    private static String time(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d";
        }
        return duration.toMinutes() > 0 && duration.toSecondsPart() == 0
                ? duration.toMinutes() + " min"
                : String.format(Locale.ROOT, "%d s", duration.toSeconds());
    }
}
