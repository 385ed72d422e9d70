package dev.millrace.mail;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a letter has come: neither to whom it goes nor what it says.
 *
 * @param kind what sort of letter it is, as {@code invitation}
 * @param attempts how often the mail server was asked to take it
 * @param outcome what came of the last time: {@code sent}, the code of the server's answer, or why there was none
 */
public record MailState(
        String id,
        String kind,
        Progress progress,
        int attempts,
        @Nullable String outcome,
        Instant createdAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Instant endedAt) {
    /** Where it stands. */
    public enum Progress {
        PENDING,
        SENT,
        FAILED;

        /** The name in the database and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
