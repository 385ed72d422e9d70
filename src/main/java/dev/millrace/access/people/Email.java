package dev.millrace.access.people;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address, by which a person signs in: in lower case, so that one mailbox is one person. */
public record Email(String text) {
    private static final int LENGTH_MAX = 254;
    private static final Pattern FORM = Pattern.compile(
            "[^\\s@<>\"(),:;\\[\\]\\\\\\p{Cntrl}]{1,64}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,250}[\\p{L}\\p{N}])?");

    /** The address that the text states; empty when it has not the form of one. */
    public static Optional<Email> parse(String text) {
        String stripped = text.strip().toLowerCase(Locale.ROOT);
        return stripped.length() <= LENGTH_MAX && FORM.matcher(stripped).matches()
                ? Optional.of(new Email(stripped))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
