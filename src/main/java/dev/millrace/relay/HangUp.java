package dev.millrace.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens to the upstream's answer when its client hangs up; what it made until it stopped is charged in any case. */
public sealed interface HangUp {
    /** The request header that states one: {@code cancel}, {@code drain}, {@code drain:200} (tokens) or {@code drain:10s}. */
    String HEADER = "X-Hang-Up";

    /** The forms that {@link #parse} knows, for messages. */
    String FORMS = "cancel, drain, drain:N (so many tokens more) or drain:Ns (so many seconds more)";

    /** The upstream is stopped at once. */
    record Cancel() implements HangUp {}

    /** The answer is read to its end, as if the client were there. */
    record Drain() implements HangUp {}

    /** The answer is read on until so many tokens more have come. */
    record DrainTokens(long most) implements HangUp {}

    /** The answer is read on for so long. */
    record DrainFor(Duration most) implements HangUp {}

    /** Empty when the text is of none of the {@link #FORMS}. */
    static Optional<HangUp> parse(String text) {
        if (text.equals("cancel")) {
            return Optional.of(new Cancel());
        }
        if (text.equals("drain")) {
            return Optional.of(new Drain());
        }
        Matcher some = Form.SOME.matcher(text);
        if (!some.matches()) {
            return Optional.empty();
        }
        long most = Long.parseLong(some.group(1));
        return Optional.of(some.group(2).isEmpty() ? new DrainTokens(most) : new DrainFor(Duration.ofSeconds(most)));
    }

    /** How the bounded forms are written. */
    final class Form {
        private static final Pattern SOME = Pattern.compile("drain:([1-9][0-9]{0,6})(s?)");

        private Form() {}
    }
}
