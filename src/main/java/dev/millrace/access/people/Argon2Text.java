package dev.millrace.access.people;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A hash by Argon2id as it is stored, in the form that all implementations share: {@code $argon2id$v=19$m=…,t=…,p=1$salt$hash}. */
record Argon2Text(int memoryKib, int passes, byte[] salt, byte[] hash) {
    private static final Pattern FORM = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([0-9]{1,9}),t=([0-9]{1,4}),p=1\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /** @throws IllegalStateException when it is none */
    static Argon2Text parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalStateException("not a stored password");
        }
        return new Argon2Text(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Base64.getDecoder().decode(form.group(3)),
                Base64.getDecoder().decode(form.group(4)));
    }

    String text() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKib + ",t=" + passes + ",p=1$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    /** Nothing of the hash. */
    @Override
    public String toString() {
        return "Argon2Text[m=" + memoryKib + ", t=" + passes + "]";
    }
}
