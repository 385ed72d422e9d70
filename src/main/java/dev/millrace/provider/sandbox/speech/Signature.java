package dev.millrace.provider.sandbox.speech;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The text that a file of the sandbox says, written into it as a comment: how the sandbox, which can not hear, knows its own
 * words again.
 */
final class Signature {
    private static final String MARK = "MILLRACE-SANDBOX-TEXT=";
    private static final char END = '.';

    /** Comments stand at the beginning of all formats. */
    private static final int LOOKED_AT = 64 * 1024;

    private Signature() {}

    /** The comment: ASCII, whatever the text. */
    static String of(String text) {
        return MARK
                + Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8))
                + END;
    }

    /** The text that a file says that it says. */
    static Optional<String> read(byte[] file) {
        String head = new String(file, 0, Math.min(file.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        int mark = head.indexOf(MARK);
        int end = mark < 0 ? -1 : head.indexOf(END, mark);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            byte[] text = Base64.getUrlDecoder().decode(head.substring(mark + MARK.length(), end));
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }
}
