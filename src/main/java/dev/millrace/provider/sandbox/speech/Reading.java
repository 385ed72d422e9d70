package dev.millrace.provider.sandbox.speech;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text made ready to be read: its sounds in their order, with length, pitch and stress. */
final class Reading {
    private static final Pattern PIECE = Pattern.compile("[\\p{L}\\p{M}\\p{N}']+|[.!?…。！？]+|[,;:—–()\\n]+");
    private static final int BETWEEN_SENTENCES = 320;
    private static final int BETWEEN_CLAUSES = 150;
    private static final int EDGE = 80;
    private static final int SHORTEST = 10;

    private final Voice voice;
    private final double speed;
    private final Dice dice;
    private final List<Sound> sounds = new ArrayList<>();
    private double fall;

    private Reading(Voice voice, double speed, Dice dice) {
        this.voice = voice;
        this.speed = speed;
        this.dice = dice;
    }

    /** @param speed 1 is the voice's own pace, 2 twice as fast */
    static List<Sound> of(String text, Voice voice, double speed) {
        Reading reading = new Reading(voice, speed, Dice.of(text, 1).named("reading"));
        reading.rest(EDGE);
        Matcher pieces = PIECE.matcher(text);
        while (pieces.find()) {
            reading.piece(pieces.group());
        }
        reading.rest(EDGE);
        return List.copyOf(reading.sounds);
    }

    private void piece(String piece) {
        char first = piece.charAt(0);
        if (Character.isLetterOrDigit(first) || first == '\'') {
            word(piece);
        } else if (",;:—–()\n".indexOf(first) >= 0) {
            rest(BETWEEN_CLAUSES);
            fall *= 0.6;
        } else {
            if (first == '?' || first == '？') {
                raise();
            }
            rest(BETWEEN_SENTENCES);
            fall = 0;
        }
    }

    private void word(String word) {
        List<Phone> phones = Spelling.sounds(word);
        boolean weighty = word.length() > 3;
        boolean accented = false;
        for (Phone phone : phones) {
            boolean accent = weighty && !accented && phone.vowel();
            accented |= accent;
            double rise = accent ? voice.range() * dice.between(0.5, 1.0) : 0;
            double pitch = voice.pitch() * (1 + voice.range() * 0.5 - fall + rise + dice.between(-0.012, 0.012));
            double length = phone.millis * (accent ? 1.25 : 0.95) * (phone.vowel() && !weighty ? 0.85 : 1);
            add(phone, length, pitch, accent ? 1.15 : 0.95);
        }
        fall = Math.min(voice.range() * 1.1, fall + voice.range() * 0.07);
    }

    /** A question ends on a rising tone. */
    private void raise() {
        int from = Math.max(0, sounds.size() - 4);
        for (int i = from; i < sounds.size(); i++) {
            Sound sound = sounds.get(i);
            double lift = 1 + voice.range() * (i - from + 1) * 0.45;
            sounds.set(i, new Sound(sound.phone(), sound.millis(), sound.pitch() * lift, sound.stress()));
        }
    }

    private void rest(int millis) {
        add(Phone.REST, millis, voice.pitch() * (1 - fall), 1);
    }

    private void add(Phone phone, double millis, double pitch, double stress) {
        int length = Math.max(SHORTEST, (int) Math.round(millis / (speed * voice.pace())));
        sounds.add(new Sound(phone, length, pitch, stress));
    }
}
