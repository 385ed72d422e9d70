package dev.millrace.api.millrace;

import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/** Reads amounts of dollars, which bodies state as texts. */
public final class Amounts {
    private Amounts() {}

    /**
     * The amount in a field that must be there.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when it is missing or no such amount
     */
    public static Money usd(Fields body, String name) {
        return parse(body.at(name), body.text(name));
    }

    /** The amount in a field, or another when it is not there. */
    public static Money usdOr(Fields body, String name, Money otherwise) {
        @Nullable String text = body.textOrNull(name);
        return text == null ? otherwise : parse(body.at(name), text);
    }

    private static Money parse(String path, String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?")) {
            throw Fields.wrong(path, "format", "must be an amount of dollars as a text, such as \"25.00\".");
        }
        return Money.usd(text);
    }
}
