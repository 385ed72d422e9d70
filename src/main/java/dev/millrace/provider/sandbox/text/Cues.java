package dev.millrace.provider.sandbox.text;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a question holds that may be meant as a value: quoted texts, then names, and numbers; each is given out once. */
final class Cues {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]{1,200})\"|'([^']{2,200})'|`([^`]{1,200})`");
    private static final Pattern NAMES = Pattern.compile("(?<=[a-z,;:] )\\p{Lu}[\\p{L}]*(?: \\p{Lu}[\\p{L}]*)*");
    private static final Pattern NUMBERS = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,6})?");

    private final String lower;
    private final Deque<String> texts = new ArrayDeque<>();
    private final List<BigDecimal> numbers = new ArrayList<>();

    Cues(String question) {
        this.lower = question.toLowerCase(Locale.ROOT);
        Matcher quoted = QUOTED.matcher(question);
        while (quoted.find()) {
            texts.add(quoted.group().substring(1, quoted.group().length() - 1));
        }
        NAMES.matcher(question).results().forEach(found -> texts.add(found.group()));
        NUMBERS.matcher(question).results().forEach(found -> numbers.add(new BigDecimal(found.group())));
    }

    Optional<String> text() {
        return Optional.ofNullable(texts.poll());
    }

    /** The next number within the bounds. */
    Optional<BigDecimal> number(BigDecimal least, BigDecimal most, boolean whole) {
        Optional<BigDecimal> fitting = numbers.stream()
                .filter(one -> one.compareTo(least) >= 0 && one.compareTo(most) <= 0)
                .filter(one -> !whole || one.stripTrailingZeros().scale() <= 0)
                .findFirst();
        fitting.ifPresent(numbers::remove);
        return fitting;
    }

    /** The one of these values that the question has as a word; else the first. */
    JsonNode choice(JsonNode values) {
        for (JsonNode value : values) {
            String text = value.isString() ? value.asString().toLowerCase(Locale.ROOT) : "";
            if (!text.isEmpty() && lower.contains(text)) {
                return value;
            }
        }
        return values.get(0);
    }
}
