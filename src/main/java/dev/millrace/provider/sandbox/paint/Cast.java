package dev.millrace.provider.sandbox.paint;

import dev.millrace.provider.sandbox.prompt.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who a prompt names, in its order.
 *
 * @param figures at most {@value #MOST}
 * @param portrait whether it asks for a face rather than a view
 */
record Cast(List<Figure> figures, boolean portrait) {
    private static final int MOST = 6;
    private static final String WORDS = """
            MAN: man guy boy father dad grandfather king prince soldier hiker fisherman traveler traveller wanderer monk samurai knight cowboy farmer husband son brother businessman worker astronaut musician surfer runner skier climber gentleman wizard detective chef
            WOMAN: woman girl lady mother mom grandmother queen princess dancer bride wife daughter sister ballerina businesswoman witch goddess model
            CHILD: child kid toddler baby children
            DOG: dog puppy hound retriever labrador corgi shepherd poodle
            WOLF: wolf wolve husky coyote
            FOX: fox
            CAT: cat kitten kitty
            LION: lion tiger leopard panther cheetah jaguar lioness
            HORSE: horse pony stallion mare unicorn zebra foal donkey
            DEER: deer stag elk moose reindeer antelope gazelle
            COW: cow bull ox buffalo bison cattle calf
            SHEEP: sheep lamb goat
            BEAR: bear panda grizzly
            ELEPHANT: elephant mammoth
            CAMEL: camel dromedary
            GIRAFFE: giraffe
            RABBIT: rabbit bunny hare
            HERON: heron crane stork flamingo swan
            """;
    private static final Map<String, List<Figure>> GROUPS = Map.of(
            "couple", List.of(Figure.MAN, Figure.WOMAN),
            "lover", List.of(Figure.MAN, Figure.WOMAN),
            "family", List.of(Figure.MAN, Figure.WOMAN, Figure.CHILD),
            "people", List.of(Figure.WOMAN, Figure.MAN, Figure.WOMAN),
            "friend", List.of(Figure.MAN, Figure.WOMAN, Figure.MAN),
            "crowd", List.of(Figure.MAN, Figure.WOMAN, Figure.MAN, Figure.WOMAN, Figure.MAN),
            "person", List.of(Figure.WOMAN),
            "someone", List.of(Figure.MAN),
            "human", List.of(Figure.MAN),
            "herd", List.of());
    private static final Map<String, Integer> NUMBERS =
            Map.of("two", 2, "three", 3, "four", 4, "five", 5, "2", 2, "3", 3, "4", 4, "5", 5, "pair", 2, "herd", 4);
    private static final Set<String> PORTRAIT = Set.of("portrait", "face", "selfie", "headshot", "closeup", "bust");
    private static final Map<String, Figure> FIGURES = read();

    static Cast of(String prompt) {
        List<String> words = Words.of(prompt).list();
        List<Figure> figures = new ArrayList<>();
        int count = 1;
        for (String word : words) {
            Integer number = NUMBERS.get(word);
            Figure one = FIGURES.get(word);
            if (number != null) {
                count = number;
            } else if (one != null) {
                for (int i = 0; i < count; i++) {
                    figures.add(one);
                }
                count = 1;
            } else {
                figures.addAll(GROUPS.getOrDefault(word, List.of()));
            }
        }
        return new Cast(
                List.copyOf(figures.subList(0, Math.min(MOST, figures.size()))),
                words.stream().anyMatch(PORTRAIT::contains));
    }

    /** Whether the picture is of one face. */
    boolean isPortrait() {
        return portrait && (figures.isEmpty() || figures.getFirst().human());
    }

    private static Map<String, Figure> read() {
        Map<String, Figure> figures = new HashMap<>();
        for (String line : WORDS.strip().split("\n")) {
            int colon = line.indexOf(':');
            Figure figure = Figure.valueOf(line.substring(0, colon));
            for (String word : line.substring(colon + 1).strip().split(" ")) {
                figures.put(Words.singular(word), figure);
            }
        }
        return Map.copyOf(figures);
    }
}
