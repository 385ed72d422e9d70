package dev.millrace.provider;

import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a language model is given to read: the conversation, the tools that it may call, and what its answer has to be.
 *
 * @param messages at least one
 */
public record Dialogue(List<Message> messages, Tooling tooling, AnswerFormat format) {
    public Dialogue {
        messages = List.copyOf(messages);
    }

    /** A conversation without tools, answered with any text. */
    public static Dialogue of(List<Message> messages) {
        return new Dialogue(messages, Tooling.NONE, AnswerFormat.TEXT);
    }

    /** Every text in it: of messages, of calls and their results, of tools with their schemas, of the answer's schema. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (Message message : messages) {
            texts.add(message.text());
            for (ToolCall call : message.calls()) {
                texts.add(call.id());
                texts.add(call.name());
                texts.add(call.arguments());
            }
            if (message.answers() != null) {
                texts.add(message.answers());
            }
        }
        for (Tool tool : tooling.tools()) {
            texts.add(tool.name());
            texts.add(tool.description());
            texts.add(Json.text(tool.parameters()));
        }
        if (format instanceof AnswerFormat.JsonSchema schema) {
            texts.add(schema.name());
            texts.add(Json.text(schema.schema()));
        }
        return texts;
    }

    /** How many bytes of UTF-8 all of its texts are. */
    public long bytes() {
        long bytes = 0;
        for (String text : texts()) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /** How many messages, calls and tools it has: what an upstream may put something around. */
    public int parts() {
        int calls =
                messages.stream().mapToInt(message -> message.calls().size()).sum();
        return messages.size() + calls + tooling.tools().size();
    }

    /** Names nothing: all of it is the customer's. */
    @Override
    public String toString() {
        return "Dialogue[…]";
    }
}
