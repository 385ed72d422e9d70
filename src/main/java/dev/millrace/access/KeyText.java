package dev.millrace.access;

import dev.millrace.id.IdSource;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a key, {@code mr_<id>_<secret>}. The secret ends in six letters computed from all before them, so that a
 * typo or a cut-off copy is told from an unknown key without looking anywhere, and leak scanners can tell a real key.
 *
 * @param secret 33 random letters and digits (170 bits) and the checksum
 */
record KeyText(String id, String secret) {
    private static final Pattern FORM = Pattern.compile("mr_([a-z0-9]{12,32})_([a-z0-9]{39,80})");
    private static final int RANDOM_LETTERS = 33;
    private static final int CHECKSUM_LETTERS = 6;
    private static final int RADIX = 36;
    private static final long CHECKSUMS = 2_176_782_336L; // 36⁶

    static String full(String id, String secret) {
        return "mr_" + id + "_" + secret;
    }

    /** A fresh secret for the id. */
    static KeyText fresh(String id, IdSource ids) {
        String random = ids.text(RANDOM_LETTERS);
        return new KeyText(id, random + checksum(id, random));
    }

    /** The parts of a text that has the form of a key, whether its checksum holds or not. */
    static Optional<KeyText> parse(String full) {
        Matcher form = FORM.matcher(full);
        return form.matches() ? Optional.of(new KeyText(form.group(1), form.group(2))) : Optional.empty();
    }

    boolean checksumHolds() {
        int split = secret.length() - CHECKSUM_LETTERS;
        return checksum(id, secret.substring(0, split)).equals(secret.substring(split));
    }

    String full() {
        return full(id, secret);
    }

    String lastFour() {
        return secret.substring(secret.length() - 4);
    }

    private static String checksum(String id, String random) {
        CRC32 crc = new CRC32();
        crc.update(full(id, random).getBytes(StandardCharsets.US_ASCII));
        String digits = Long.toString(crc.getValue() % CHECKSUMS, RADIX);
        return "0".repeat(CHECKSUM_LETTERS - digits.length()) + digits;
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "mr_" + id + "_***";
    }
}
