package dev.millrace.admission;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.TextLimits;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.AnswerFormat;
import dev.millrace.provider.Dialogue;
import dev.millrace.provider.Message;
import java.util.List;

/** Bounds what a language request gives its model to read, and reckons the most tokens that it can be. */
final class Conversation {
    private static final int MESSAGES_MAX = 2048;

    /** What an upstream may add around each message, call and tool, and around all of them, for roles and separators. */
    private static final long OVERHEAD = 16;

    /** No text of more bytes than this fits into one token of context, not even one of blanks. */
    private static final long BYTES_OF_TOKEN = 8;

    private static final String TOOLS = "tools";

    private Conversation() {}

    /**
     * The most input tokens that the dialogue can be, tools and their schemas included: a token has at least one byte of
     * UTF-8, and more than the model's context is never read.
     */
    static long inputTokensMax(Model model, TextLimits limits, Dialogue dialogue) {
        List<Message> messages = dialogue.messages();
        if (messages.isEmpty()) {
            throw refused("messages", "minItems", "must hold at least one message.");
        }
        if (messages.size() > MESSAGES_MAX) {
            throw refused("messages", "maxItems", "must hold at most " + MESSAGES_MAX + " messages.");
        }
        capable(model, dialogue);
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).text().indexOf('\0') >= 0) {
                throw refused("messages." + i + ".content", "characters", "must not contain the character U+0000.");
            }
        }
        long bytes = dialogue.bytes() + dialogue.parts() * OVERHEAD;
        if (bytes / BYTES_OF_TOKEN > limits.contextTokens()) {
            throw refused(
                    "messages",
                    "maxLength",
                    "hold more text than " + model.id() + " reads, which is " + limits.contextTokens() + " tokens"
                            + (dialogue.tooling().tools().isEmpty() ? "." : "; tools count too."));
        }
        return Math.min(bytes + OVERHEAD, limits.contextTokens());
    }

    private static void capable(Model model, Dialogue dialogue) {
        if (!model.capabilities().contains(TOOLS)) {
            if (!dialogue.tooling().tools().isEmpty()) {
                throw refused(TOOLS, "capability", "are not taken by " + model.id() + ", which calls no tools.");
            }
            for (int i = 0; i < dialogue.messages().size(); i++) {
                Message message = dialogue.messages().get(i);
                if (message.role() == Message.Role.TOOL || !message.calls().isEmpty()) {
                    throw refused("messages." + i, "capability", "is of a tool; " + model.id() + " calls no tools.");
                }
            }
        }
        if (!(dialogue.format() instanceof AnswerFormat.Text)
                && !model.capabilities().contains("response_format")) {
            throw refused("response_format", "capability", "must be text: " + model.id() + " knows no other.");
        }
    }

    private static RuntimeException refused(String path, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(path, rule, message))
                .toException();
    }
}
