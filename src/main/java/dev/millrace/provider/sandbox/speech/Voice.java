package dev.millrace.provider.sandbox.speech;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.Locale;
import java.util.Map;

/**
 * Who reads.
 *
 * @param pitch the middle of the voice, in hertz
 * @param range how far it moves about that, as a share
 * @param tract how high it resonates: 1 for a long vocal tract, 1.2 for a short one
 * @param breath how much air is in it, from 0 to 1
 * @param pace how fast it reads; 1 is easy
 */
record Voice(double pitch, double range, double tract, double breath, double pace) {
    private static final Map<String, Voice> KNOWN = Map.ofEntries(
            Map.entry("alloy", new Voice(165, 0.16, 1.08, 0.10, 1.00)),
            Map.entry("ash", new Voice(112, 0.14, 1.00, 0.12, 1.02)),
            Map.entry("ballad", new Voice(132, 0.24, 1.02, 0.20, 0.92)),
            Map.entry("coral", new Voice(205, 0.22, 1.15, 0.14, 1.05)),
            Map.entry("echo", new Voice(108, 0.12, 0.98, 0.08, 0.98)),
            Map.entry("fable", new Voice(148, 0.28, 1.05, 0.12, 1.00)),
            Map.entry("onyx", new Voice(86, 0.12, 0.93, 0.06, 0.95)),
            Map.entry("nova", new Voice(215, 0.24, 1.16, 0.10, 1.08)),
            Map.entry("sage", new Voice(192, 0.16, 1.12, 0.22, 0.96)),
            Map.entry("shimmer", new Voice(228, 0.20, 1.18, 0.26, 1.00)),
            Map.entry("verse", new Voice(124, 0.26, 1.00, 0.10, 1.06)),
            Map.entry("marin", new Voice(198, 0.18, 1.13, 0.12, 1.03)),
            Map.entry("cedar", new Voice(98, 0.16, 0.95, 0.14, 0.97)));

    /** The voice of a name; a name that is not known has a voice of its own too, always the same. */
    static Voice of(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        Voice known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        Dice dice = Dice.of(key, 0).named("voice");
        double pitch = dice.between(90.0, 230.0);
        return new Voice(
                pitch,
                dice.between(0.12, 0.28),
                0.9 + pitch / 800 + dice.between(-0.03, 0.03),
                dice.between(0.06, 0.26),
                dice.between(0.93, 1.07));
    }
}
