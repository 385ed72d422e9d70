package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.prompt.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the prompt asks for: the motif, the colours and the extras.
 *
 * <p>Words decide where they are known; the prompt's hash decides the rest, so that any prompt has a picture of its own.
 */
record Theme(Motif motif, Palette palette, Set<Feature> features) {
    private static final List<Motif> WITHOUT_WORDS = List.of(
            Motif.SILK, Motif.FLOW, Motif.CRYSTAL, Motif.ORBITS, Motif.MOUNTAINS, Motif.SEA, Motif.MEADOW, Motif.SPACE);

    /** Where figures can stand, when nothing says where they do. */
    private static final List<Motif> OPEN_AIR = List.of(Motif.MEADOW, Motif.MOUNTAINS, Motif.SEA, Motif.DESERT);

    /** Where colour is all there is, a colour in the prompt decides it; elsewhere it gives a tinge. */
    private static final Set<Motif> ABSTRACT =
            EnumSet.of(Motif.SILK, Motif.FLOW, Motif.CRYSTAL, Motif.ORBITS, Motif.FLOWERS);

    static Theme of(String prompt, long seed) {
        var words = Words.of(prompt);
        var byPrompt = Dice.of(prompt, 0).named("theme");
        var bySeed = Dice.of(prompt, seed).named("theme");
        Motif motif = motif(words, byPrompt, Cast.of(prompt));
        Set<Feature> features = features(words);
        var palette = mood(words, motif, byPrompt, bySeed).palette().turned(bySeed.bell() * 0.06);
        for (String word : words.list()) {
            Double hue = Lexicon.HUE.get(word);
            if (hue != null) {
                palette = palette.tinted(hue, ABSTRACT.contains(motif) ? 0.80 : 0.42, 1.10);
                break;
            }
        }
        if (features.contains(Feature.MONOCHROME)) {
            palette = palette.tinted(0, 0, 0.06);
        }
        return new Theme(motif, palette, features);
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    /** Each known word is a vote; an earlier one weighs more, because prompts name their subject first. */
    private static Motif motif(Words words, Dice dice, Cast cast) {
        if (cast.isPortrait()) {
            return Motif.SILK;
        }
        Map<Motif, Double> votes = new EnumMap<>(Motif.class);
        double weight = 1;
        for (String word : words.list()) {
            Motif motif = Lexicon.MOTIF.get(word);
            if (motif != null) {
                votes.merge(motif, weight, Double::sum);
                weight *= 0.8;
            }
        }
        return votes.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseGet(() -> dice.pick(cast.figures().isEmpty() ? WITHOUT_WORDS : OPEN_AIR));
    }

    private static Mood mood(Words words, Motif motif, Dice byPrompt, Dice bySeed) {
        var asked = new ArrayList<Mood>();
        for (String word : words.list()) {
            Mood mood = Lexicon.MOOD.get(word);
            if (mood != null) {
                asked.add(mood);
            }
        }
        if (!asked.isEmpty()) {
            return asked.stream().min(Comparator.comparing(Mood::weight)).orElseThrow();
        }
        List<Mood> fitting = fitting(motif);
        Mood usual = byPrompt.pick(fitting);
        return bySeed.chance(0.5) ? usual : bySeed.pick(fitting);
    }

    private static List<Mood> fitting(Motif motif) {
        return switch (motif) {
            case MOUNTAINS ->
                List.of(Mood.DAWN, Mood.GOLDEN, Mood.DUSK, Mood.WINTER, Mood.SUNSET, Mood.OVERCAST, Mood.LAVENDER);
            case SEA -> List.of(Mood.SUNSET, Mood.TROPIC, Mood.GOLDEN, Mood.DAWN, Mood.DUSK, Mood.MOONLIT);
            case DESERT -> List.of(Mood.DUNES, Mood.SUNSET, Mood.GOLDEN, Mood.DUSK, Mood.ROSE);
            case FOREST -> List.of(Mood.EMERALD, Mood.OVERCAST, Mood.GOLDEN, Mood.AUTUMN, Mood.DAWN);
            case CITY -> List.of(Mood.DUSK, Mood.SUNSET, Mood.NEON, Mood.GOLDEN);
            case AURORA -> List.of(Mood.NIGHT, Mood.MOONLIT);
            case SPACE -> List.of(Mood.NIGHT, Mood.NEON, Mood.EMBER, Mood.MOONLIT);
            case FLOWERS -> List.of(Mood.SPRING, Mood.ROSE, Mood.LAVENDER, Mood.GOLDEN, Mood.EMERALD);
            case MEADOW -> List.of(Mood.SPRING, Mood.NOON, Mood.GOLDEN, Mood.AUTUMN, Mood.DAWN);
            case SILK, FLOW, CRYSTAL, ORBITS ->
                List.of(
                        Mood.SUNSET,
                        Mood.TROPIC,
                        Mood.DUSK,
                        Mood.ROSE,
                        Mood.EMERALD,
                        Mood.LAVENDER,
                        Mood.EMBER,
                        Mood.GILT,
                        Mood.NEON);
        };
    }

    private static Set<Feature> features(Words words) {
        Set<Feature> found = EnumSet.noneOf(Feature.class);
        for (String word : words.list()) {
            Feature feature = Lexicon.FEATURE.get(word);
            if (feature != null) {
                found.add(feature);
            }
        }
        return found;
    }
}
