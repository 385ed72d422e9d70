package dev.millrace.id;

import java.util.Optional;
import java.util.regex.Pattern;

/** Names one API key: the public middle part of {@code mr_<id>_<secret>}, lower-case letters and digits. */
public record KeyId(String text) implements Id {
    private static final Pattern FORM = Pattern.compile("[a-z0-9]{12,32}");

    public KeyId {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a key id has 12 to 32 lower-case letters and digits");
        }
    }

    /** The id that the text states, or empty when it has not the form of one. */
    public static Optional<KeyId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
