package dev.millrace.provider.sandbox.music;

import static dev.millrace.provider.sandbox.music.Instrument.BELL;
import static dev.millrace.provider.sandbox.music.Instrument.FLUTE;
import static dev.millrace.provider.sandbox.music.Instrument.KEYS;
import static dev.millrace.provider.sandbox.music.Instrument.LEAD;
import static dev.millrace.provider.sandbox.music.Instrument.PAD;
import static dev.millrace.provider.sandbox.music.Instrument.PIANO;
import static dev.millrace.provider.sandbox.music.Instrument.PLUCK;
import static dev.millrace.provider.sandbox.music.Instrument.STRINGS;

import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.prompt.Words;
import java.util.List;

/** The kinds of music that the composer knows, and the words that ask for them. */
enum Mood {
    CALM(
            new Style(62, 74, 4, 0, false, Progressions.OPEN, true, PAD, PLUCK, BELL, 0.35, Beat.NONE),
            "calm ambient relax relaxing peaceful meditation sleep soft gentle quiet spa dream dreamy nature rain ocean space"),
    HAPPY(
            new Style(108, 124, 4, 0, false, Progressions.BRIGHT, false, PLUCK, PLUCK, BELL, 0.75, Beat.POP),
            "happy joyful upbeat cheerful fun summer party ukulele bright kid children dance pop birthday"),
    SAD(
            new Style(60, 72, 4, 0, true, Progressions.DARK, false, PAD, PIANO, PIANO, 0.40, Beat.NONE),
            "sad melancholy melancholic lonely tear heartbreak goodbye emotional nostalgic rainy ballad piano"),
    EPIC(
            new Style(84, 98, 4, 0, true, Progressions.DARK, false, STRINGS, STRINGS, FLUTE, 0.5, Beat.MARCH),
            "epic cinematic heroic battle trailer orchestra orchestral adventure dragon war film movie hero viking fantasy"),
    JAZZ(
            new Style(104, 132, 4, 0.17, false, Progressions.JAZZ, true, KEYS, KEYS, PIANO, 0.65, Beat.SWING),
            "jazz swing blues saxophone sax bebop smoky club bossa cafe"),
    LOFI(
            new Style(72, 84, 4, 0.12, true, Progressions.MELLOW, true, KEYS, KEYS, PLUCK, 0.45, Beat.LOFI),
            "lofi lo chill chillhop study beat hip hop hiphop rap coffee late mellow vinyl"),
    TECHNO(
            new Style(122, 130, 4, 0, true, Progressions.DRIVE, false, PAD, LEAD, LEAD, 0.4, Beat.FLOOR),
            "techno house electronic edm trance club synth synthwave rave cyberpunk neon retro 80s disco"),
    WALTZ(
            new Style(132, 156, 3, 0, false, Progressions.BRIGHT, false, STRINGS, PLUCK, FLUTE, 0.55, Beat.WALTZ),
            "waltz ballroom vienna carousel fairy romantic classical"),
    FOLK(
            new Style(92, 108, 4, 0, false, Progressions.OPEN, false, PLUCK, PLUCK, FLUTE, 0.6, Beat.FOLK),
            "folk acoustic guitar country campfire celtic irish medieval tavern mountain forest"),
    ROCK(
            new Style(116, 132, 4, 0, true, Progressions.DRIVE, false, STRINGS, LEAD, LEAD, 0.55, Beat.ROCK),
            "rock metal punk guitar electric loud energetic energy sport workout fast");

    private final Style style;
    private final List<String> words;

    Mood(Style style, String words) {
        this.style = style;
        this.words = List.of(words.split(" "));
    }

    Style style() {
        return style;
    }

    /** The mood with the most words in the prompt; where none has any, one by the dice. */
    static Mood of(Words prompt, Dice dice) {
        Mood best = null;
        int most = 0;
        for (Mood mood : values()) {
            int votes = 0;
            for (String word : mood.words) {
                votes += prompt.has(word) ? 1 : 0;
            }
            if (votes > most) {
                most = votes;
                best = mood;
            }
        }
        return best != null ? best : dice.pick(List.of(CALM, HAPPY, LOFI, FOLK, WALTZ, EPIC));
    }
}
