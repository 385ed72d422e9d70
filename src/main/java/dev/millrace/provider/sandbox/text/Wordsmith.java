package dev.millrace.provider.sandbox.text;

import dev.millrace.provider.sandbox.prompt.Dice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Writes answers: a pure function of question, seed and limits. */
public final class Wordsmith {
    private static final int POINTS = 3;

    private Wordsmith() {}

    /**
     * An answer of its natural length, some 130 to 260 tokens.
     *
     * @param limit the most tokens it may have, at least 1; a longer answer is cut after exactly so many
     */
    public static Answer answer(String question, long seed, long limit) {
        return cut(Tokens.split(write(question, Dice.of(question, seed))), limit);
    }

    /** An answer of exactly {@code tokens} tokens, or of {@code limit} where that is less. */
    public static Answer answerOf(String question, long seed, long tokens, long limit) {
        long wanted = Math.min(tokens, limit);
        Dice dice = Dice.of(question, seed);
        var pieces = new ArrayList<String>();
        while (pieces.size() < wanted) {
            pieces.addAll(Tokens.split(write(question, dice) + "\n\n"));
        }
        return new Answer(pieces.subList(0, (int) wanted), tokens > limit);
    }

    private static Answer cut(List<String> pieces, long limit) {
        return pieces.size() <= limit ? new Answer(pieces, false) : new Answer(pieces.subList(0, (int) limit), true);
    }

    private static String write(String question, Dice dice) {
        Topic topic = Topic.of(question);
        var text = new StringBuilder();
        text.append(capital(dice.pick(Phrases.OPENINGS).replace("%s", topic.phrase())));
        text.append(' ').append(dice.pick(Phrases.HONESTY)).append("\n\n");
        text.append(dice.pick(Phrases.LEADS)).append("\n\n");
        boolean numbered = dice.chance(0.5);
        List<String> points = some(Phrases.POINTS, POINTS, dice);
        for (int i = 0; i < points.size(); i++) {
            text.append(numbered ? (i + 1) + ". " : "- ");
            text.append(points.get(i)).append('\n');
        }
        text.append('\n');
        text.append(String.join(" ", some(Phrases.REASONS, dice.between(2, 5), dice)))
                .append("\n\n");
        return text.append(dice.pick(Phrases.CLOSINGS)).toString();
    }

    private static List<String> some(List<String> all, int count, Dice dice) {
        var left = new ArrayList<>(all);
        for (int i = left.size() - 1; i > 0; i--) {
            Collections.swap(left, i, dice.between(0, i));
        }
        return List.copyOf(left.subList(0, count));
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
