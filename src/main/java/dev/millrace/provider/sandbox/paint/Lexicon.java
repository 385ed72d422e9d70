package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Words;
import java.util.HashMap;
import java.util.Map;

/** The words that the painter knows, and what each asks for. */
final class Lexicon {
    private static final String MOTIFS = """
            MOUNTAINS: mountain alps alpine peak summit valley cliff canyon highland himalaya volcano hill fjord glacier rock everest fuji hiker hiking
            SEA: sea ocean wave beach coast shore harbor harbour bay island boat ship sail sailboat lighthouse surf water whale fish dolphin storm pirate tide lagoon pier underwater coral
            DESERT: desert dune sand sahara egypt pyramid mars arid oasis mirage cactus
            FOREST: forest wood woodland jungle pine tree bamboo path mist fog mushroom owl elf fairy leaf rainforest taiga cabin trail
            CITY: city town skyline street urban skyscraper tokyo york paris london downtown cyberpunk building architecture car taxi traffic robot train bridge metropolis rooftop neon futuristic
            AURORA: aurora borealis northern polar arctic iceland norway antarctica penguin iceberg
            SPACE: space galaxy nebula planet star universe cosmo cosmic astronaut rocket spaceship alien saturn jupiter moonbase comet orbit asteroid interstellar milky eclipse
            FLOWERS: flower rose tulip blossom bloom garden bouquet petal daisy poppy botanical orchid lotus sunflower peony butterfly bee lily wildflower floral
            MEADOW: meadow field grass farm countryside prairie savanna horse sheep cow spring village barn picnic windmill wheat vineyard balloon
            SILK: silk fabric smoke liquid fluid marble velvet fold satin dress fashion ink paint
            FLOW: flow wind energy music dance motion dream hair feather swirl current particle magic spirit sound soul
            CRYSTAL: crystal gem diamond glass polygon geometric poly triangle ice jewel origami facet fractal shard
            ORBITS: abstract bauhaus circle minimal minimalist shape modern poster logo geometry sphere clock time product bottle
            """;
    private static final String MOODS = """
            DAWN: dawn sunrise morning daybreak early
            GOLDEN: golden warm honey amber afternoon
            SUNSET: sunset evening sundown dusky romantic
            DUSK: dusk twilight blue-hour
            NIGHT: night midnight dark starry starlit moon
            MOONLIT: moonlit moonlight
            NOON: noon day sunny bright summer clear daylight
            OVERCAST: overcast cloudy fog foggy mist misty haze rain rainy grey gray
            STORM: storm stormy thunder dramatic tempest lightning
            WINTER: winter snow snowy frost frozen ice icy cold christmas
            AUTUMN: autumn fall october maple harvest pumpkin
            SPRING: spring cherry sakura easter fresh pastel
            TROPIC: tropical tropic caribbean turquoise island paradise palm maldives hawaii
            DUNES: sand sandy egypt
            EMBER: fire lava ember burning flame volcano hell inferno dragon mars phoenix
            EMERALD: jungle lush rainforest moss
            ROSE: love valentine soft tender wedding
            GILT: gold gilded luxury royal treasure brass
            NEON: neon cyberpunk synthwave vaporwave retro futuristic tokyo arcade hologram
            INK: sketch sumi calligraphy drawing pencil
            LAVENDER: lavender lilac provence dreamy
            """;
    private static final String FEATURES = """
            SUN: sun sunrise sunset sunny
            MOON: moon moonlit moonlight crescent
            STARS: star starry starlit constellation milky
            RAIN: rain rainy storm stormy drizzle downpour
            SNOW: snow snowy snowfall blizzard christmas
            FOG: fog foggy mist misty haze
            CLOUDS: cloud cloudy sky
            BIRDS: bird seagull crow eagle flock swallow
            BOAT: boat ship sail sailboat sailing yacht pirate fishing
            LIGHTHOUSE: lighthouse beacon
            BALLOONS: balloon
            TREES: tree pine forest wood
            LAKE: lake reflection pond mirror river fjord loch calm
            MONOCHROME: monochrome noir black-and-white grayscale charcoal
            """;
    private static final String HUES = """
            0.45: red crimson scarlet ruby blood cherry
            0.95: orange tangerine copper rust apricot
            1.50: yellow gold lemon sunflower
            2.45: green emerald olive jade lime
            3.35: teal turquoise cyan aqua
            4.60: blue azure navy cobalt sapphire indigo
            5.35: purple violet lilac amethyst plum lavender
            6.15: pink rose magenta fuchsia blush
            """;

    static final Map<String, Motif> MOTIF = read(MOTIFS, Motif::valueOf);
    static final Map<String, Mood> MOOD = read(MOODS, Mood::valueOf);
    static final Map<String, Feature> FEATURE = read(FEATURES, Feature::valueOf);
    static final Map<String, Double> HUE = read(HUES, Double::valueOf);

    private Lexicon() {}

    private static <T> Map<String, T> read(String table, java.util.function.Function<String, T> value) {
        var words = new HashMap<String, T>();
        for (String line : table.strip().split("\n")) {
            int colon = line.indexOf(':');
            T meaning = value.apply(line.substring(0, colon));
            for (String word : line.substring(colon + 1).strip().split(" ")) {
                words.put(Words.singular(word), meaning);
            }
        }
        return Map.copyOf(words);
    }
}
