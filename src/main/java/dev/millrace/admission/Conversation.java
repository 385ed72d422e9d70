package dev.millrace.admission;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bounds the messages of a language request, and reckons the most tokens that they can be. */
final class Conversation {
    private static final int MESSAGES_MAX = 2048;

    /** What an upstream may add around each message, and around all of them, for roles and separators. */
    private static final long OVERHEAD = 16;

    /** No text of more bytes than this fits into one token of context, not even one of blanks. */
    private static final long BYTES_OF_TOKEN = 8;

    private Conversation() {}

    /**
     * The most input tokens that the messages can be: a token has at least one byte of UTF-8, and more than the model's
     * context is never read.
     */
    static long inputTokensMax(Model model, TextLimits limits, List<Message> messages) {
        if (messages.isEmpty()) {
            throw refused("messages", "minItems", "must hold at least one message.");
        }
        if (messages.size() > MESSAGES_MAX) {
            throw refused("messages", "maxItems", "must hold at most " + MESSAGES_MAX + " messages.");
        }
        long bytes = 0;
        for (int i = 0; i < messages.size(); i++) {
            String text = messages.get(i).text();
            if (text.indexOf('\0') >= 0) {
                throw refused("messages." + i + ".content", "characters", "must not contain the character U+0000.");
            }
            bytes += text.getBytes(StandardCharsets.UTF_8).length + OVERHEAD;
        }
        if (bytes / BYTES_OF_TOKEN > limits.contextTokens()) {
            throw refused(
                    "messages",
                    "maxLength",
                    "hold more text than " + model.id() + " reads, which is " + limits.contextTokens() + " tokens.");
        }
        return Math.min(bytes + OVERHEAD, limits.contextTokens());
    }

    private static RuntimeException refused(String path, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, rule, message))
                .toException();
    }
}
