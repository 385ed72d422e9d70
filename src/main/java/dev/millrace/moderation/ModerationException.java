package dev.millrace.moderation;

import java.util.List;

/** The rules of moderation can not be read; the message says every mistake that was found, each on its line. */
public final class ModerationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ModerationException(String file, List<String> mistakes) {
        super(file + ": " + String.join("\n" + file + ": ", mistakes), null, false, false);
    }
}
