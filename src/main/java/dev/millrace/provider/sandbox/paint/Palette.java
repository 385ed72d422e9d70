package dev.millrace.provider.sandbox.paint;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours that go together, by their part in a picture.
 *
 * @param sky from the zenith down to the horizon
 * @param light the sun, the moon, or whatever shines
 * @param far what lies in the distance, already in the haze
 * @param near the darkest foreground
 * @param accents what draws the eye; at least three
 * @param night whether stars belong above it
 */
record Palette(List<Rgb> sky, Rgb light, Rgb far, Rgb near, List<Rgb> accents, boolean night) {
    Palette {
        sky = List.copyOf(sky);
        accents = List.copyOf(accents);
    }

    /** Reads {@code sky… / light / far / near / accents…}, colours as six hexadecimal digits. */
    static Palette read(String text, boolean night) {
        var parts = List.of(text.split("/"));
        return new Palette(
                colours(parts.get(0)),
                colours(parts.get(1)).getFirst(),
                colours(parts.get(2)).getFirst(),
                colours(parts.get(3)).getFirst(),
                colours(parts.get(4)),
                night);
    }

    private static List<Rgb> colours(String digits) {
        var colours = new ArrayList<Rgb>();
        for (String one : digits.strip().split(" ")) {
            colours.add(Rgb.hex(one));
        }
        return colours;
    }

    /** The haze just above the horizon. */
    Rgb haze() {
        return sky.getLast();
    }

    Rgb zenith() {
        return sky.getFirst();
    }

    Rgb accent(int number) {
        return accents.get(Math.floorMod(number, accents.size()));
    }

    /** All hues turned a little, so that two seeds do not share their exact colours. */
    Palette turned(double angle) {
        return new Palette(
                sky.stream().map(c -> c.turned(angle)).toList(),
                light.turned(angle),
                far.turned(angle),
                near.turned(angle),
                accents.stream().map(c -> c.turned(angle)).toList(),
                night);
    }

    /** All hues pulled towards one. */
    Palette tinted(double hue, double share, double chroma) {
        return new Palette(
                sky.stream().map(c -> c.tinted(hue, share, chroma)).toList(),
                light.tinted(hue, share * 0.6, chroma),
                far.tinted(hue, share, chroma),
                near.tinted(hue, share, chroma),
                accents.stream().map(c -> c.tinted(hue, share * 0.75, chroma)).toList(),
                night);
    }
}
