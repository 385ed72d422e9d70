package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.provider.AnswerFormat;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.Message;
import dev.millrace.provider.Message.Role;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.Tool;
import dev.millrace.provider.ToolCall;
import dev.millrace.provider.ToolPiece;
import dev.millrace.provider.sandbox.Draft.Part;
import dev.millrace.provider.sandbox.ToolOrders.ToolFault;
import dev.millrace.provider.sandbox.prompt.Dice;
import dev.millrace.provider.sandbox.text.Answer;
import dev.millrace.provider.sandbox.text.SchemaValue;
import dev.millrace.provider.sandbox.text.Tokens;
import dev.millrace.provider.sandbox.text.ToolPick;
import dev.millrace.provider.sandbox.text.Wordsmith;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Decides what the sandbox answers: tool calls where the question names tools, text otherwise and once tools have answered. */
final class DraftWriter {
    /** What the chat form adds to the words themselves: around every message, call and tool, and once before the answer. */
    private static final int TOKENS_PER_PART = 4;

    private static final int TOKENS_BEFORE_ANSWER = 3;
    private static final int OBJECT_ANSWER_TOKENS = 24;

    private final TextCall call;
    private final Instructions told;
    private final String question;
    private final long seed;
    private final long limit;

    private DraftWriter(TextCall call, Instructions told) {
        this.call = call;
        this.told = told;
        this.question = question(call.messages());
        // Without a seed the turn of the conversation varies the answer, so that asking again is answered differently.
        this.seed = call.seed().orElse(call.messages().size());
        this.limit = Math.max(1, call.maxOutputTokens());
    }

    static Draft of(TextCall call, Instructions told) {
        DraftWriter writer = new DraftWriter(call, told);
        boolean answered = call.messages().getLast().role() == Role.TOOL;
        List<ToolCall> calls = answered ? List.of() : writer.calls();
        if (calls.isEmpty()) {
            return writer.text(answered);
        }
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            parts.addAll(parts(calls.get(i), i));
        }
        return Draft.within(parts, FinishReason.TOOL_CALLS, writer.read(), writer.limit);
    }

    private static String question(List<Message> messages) {
        return messages.stream()
                .filter(message -> message.role() == Role.USER)
                .reduce((earlier, later) -> later)
                .map(Message::text)
                .orElse("");
    }

    private long read() {
        long tokens =
                TOKENS_BEFORE_ANSWER + (long) TOKENS_PER_PART * call.dialogue().parts();
        for (String text : call.dialogue().texts()) {
            tokens += Tokens.count(text);
        }
        return tokens;
    }

    private List<ToolCall> calls() {
        List<String> ordered = told.tools().call();
        List<Tool> picked = ordered.isEmpty()
                ? ToolPick.of(question, call.dialogue().tooling())
                : ordered.stream()
                        .flatMap(name -> call.dialogue().tooling().find(name).stream())
                        .toList();
        List<ToolCall> calls = new ArrayList<>();
        for (Tool tool : picked) {
            String id = "call_%016x"
                    .formatted(Dice.of(question, seed)
                            .numbered("call", calls.size())
                            .bits());
            String name = told.tools().fault() == ToolFault.UNKNOWN_TOOL ? "no_such_tool" : tool.name();
            calls.add(new ToolCall(id, name, arguments(tool)));
        }
        return calls;
    }

    private String arguments(Tool tool) {
        ObjectNode given = told.tools().arguments();
        String right = ascii(Json.text(given == null ? SchemaValue.of(tool.parameters(), question) : given));
        return switch (told.tools().fault()) {
            case MALFORMED -> right.substring(0, Math.max(1, right.length() - 1));
            case MISMATCH -> "{\"no_such_argument\":true}";
            case UNKNOWN_TOOL -> right;
            case null -> right;
        };
    }

    private static List<Part> parts(ToolCall call, int index) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(new ToolPiece(index, call.id(), call.name(), ""), "", Tokens.count(call.name())));
        for (String piece : Tokens.split(call.arguments())) {
            parts.add(new Part(new ToolPiece(index, call.id(), call.name(), piece), "", 1));
        }
        return parts;
    }

    private Draft text(boolean answered) {
        if (told.tokens().isPresent()) {
            Answer answer = Wordsmith.answerOf(question, seed, told.tokens().getAsLong(), limit);
            return new Draft(told(answer.pieces()), answer.cut() ? FinishReason.LENGTH : FinishReason.STOP, read());
        }
        List<String> pieces = new ArrayList<>();
        switch (call.dialogue().format()) {
            case AnswerFormat.Text text -> {
                pieces.addAll(Tokens.split(answered ? results() : ""));
                pieces.addAll(Wordsmith.answer(question, seed, limit).pieces());
                if (Wordsmith.answer(question, seed, limit).cut()) {
                    return Draft.within(told(pieces), FinishReason.LENGTH, read(), limit);
                }
            }
            case AnswerFormat.JsonObject object ->
                pieces.addAll(Tokens.split(Json.text(Json.object()
                        .put(
                                "answer",
                                Wordsmith.answer(question, seed, OBJECT_ANSWER_TOKENS)
                                        .text())
                        .put("source", "sandbox"))));
            case AnswerFormat.JsonSchema(String name, ObjectNode schema) ->
                pieces.addAll(Tokens.split(ascii(Json.text(SchemaValue.of(schema, question)))));
        }
        return Draft.within(told(pieces), FinishReason.STOP, read(), limit);
    }

    private static List<Part> told(List<String> pieces) {
        return pieces.stream().map(piece -> new Part(null, piece, 1)).toList();
    }

    /** Says which tools have answered since the question. */
    private String results() {
        Map<String, String> names = new HashMap<>();
        List<String> answered = new ArrayList<>();
        for (Message message : call.messages()) {
            message.calls().forEach(made -> names.put(made.id(), made.name()));
            if (message.role() == Role.USER) {
                answered.clear();
            } else if (message.answers() != null) {
                answered.add(names.getOrDefault(message.answers(), "a tool"));
            }
        }
        return "With what " + String.join(" and ", answered.stream().distinct().toList()) + " answered: ";
    }

    /** JSON with everything beyond ASCII escaped, so that it can be told token by token. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder();
        json.chars().forEach(c -> text.append(c < 128 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return text.toString();
    }
}
