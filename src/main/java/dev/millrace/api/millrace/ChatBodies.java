package dev.millrace.api.millrace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.meter.Unit;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.ToolCall;
import dev.millrace.provider.ToolPiece;
import dev.millrace.relay.RelayOutcome;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chat answers and chunks in OpenAI's shape (contract B6). */
final class ChatBodies {
    private ChatBodies() {}

    /** A whole answer. */
    record CompletionBody(
            String id,
            String object,
            long created,
            String model,
            List<ChoiceBody> choices,
            UsageBody usage,
            @Nullable String system_fingerprint) {
        static CompletionBody of(ChatHead head, AnswerBody answer, RelayOutcome outcome) {
            ChoiceBody choice = new ChoiceBody(0, MessageBody.of(answer), finish(outcome.finish()), null);
            return new CompletionBody(
                    head.id(),
                    "chat.completion",
                    head.created(),
                    head.model(),
                    List.of(choice),
                    UsageBody.of(outcome),
                    null);
        }
    }

    record ChoiceBody(
            int index,
            MessageBody message,
            String finish_reason,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Object logprobs) {}

    /** What an answer is made of. */
    record AnswerBody(String text, List<ToolCall> calls) {}

    /** The answer; {@code content} is null when it only calls tools. */
    record MessageBody(
            String role,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String content,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String refusal,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<ToolCallBody> tool_calls) {
        static MessageBody of(AnswerBody answer) {
            List<ToolCallBody> calls =
                    answer.calls().stream().map(ToolCallBody::of).toList();
            String text = answer.text();
            return new MessageBody(
                    "assistant",
                    text.isEmpty() && !calls.isEmpty() ? null : text,
                    null,
                    calls.isEmpty() ? null : calls);
        }
    }

    /** A tool that the client is asked to call. */
    record ToolCallBody(String id, String type, FunctionBody function) {
        static ToolCallBody of(ToolCall call) {
            return new ToolCallBody(call.id(), "function", new FunctionBody(call.name(), call.arguments()));
        }
    }

    /** In a stream the name stands in the first piece alone. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FunctionBody(@Nullable String name, String arguments) {}

    /** A piece of a tool call; id, type and name stand in the first piece of each. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ToolDeltaBody(
            int index, @Nullable String id, @Nullable String type, FunctionBody function) {
        static ToolDeltaBody of(ToolPiece piece, boolean opens) {
            return new ToolDeltaBody(
                    piece.index(),
                    opens ? piece.id() : null,
                    opens ? "function" : null,
                    new FunctionBody(opens ? piece.name() : null, piece.arguments()));
        }
    }

    /** One piece of a streamed answer; {@code usage} is absent unless the request asked for it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChunkBody(
            String id,
            String object,
            long created,
            String model,
            List<ChunkChoiceBody> choices,
            @Nullable UsageBody usage) {
        static ChunkBody piece(ChatHead head, DeltaBody delta, @Nullable String finish) {
            ChunkChoiceBody choice = new ChunkChoiceBody(0, delta, finish);
            return new ChunkBody(
                    head.id(), "chat.completion.chunk", head.created(), head.model(), List.of(choice), null);
        }

        static ChunkBody totals(ChatHead head, RelayOutcome outcome) {
            return new ChunkBody(
                    head.id(), "chat.completion.chunk", head.created(), head.model(), List.of(), UsageBody.of(outcome));
        }
    }

    record ChunkChoiceBody(
            int index,
            DeltaBody delta,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String finish_reason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeltaBody(
            @Nullable String role,
            @Nullable String content,
            @Nullable List<ToolDeltaBody> tool_calls) {
        static final DeltaBody OPENING = new DeltaBody("assistant", "", null);
        static final DeltaBody EMPTY = new DeltaBody(null, null, null);

        static DeltaBody text(String piece) {
            return new DeltaBody(null, piece, null);
        }

        static DeltaBody of(ToolDeltaBody call) {
            return new DeltaBody(null, null, List.of(call));
        }
    }

    /** What was used, and what it cost in dollars, as OpenRouter states it. */
    record UsageBody(
            long prompt_tokens,
            long completion_tokens,
            long total_tokens,
            PromptDetailsBody prompt_tokens_details,
            CompletionDetailsBody completion_tokens_details,
            BigDecimal cost) {
        static UsageBody of(RelayOutcome outcome) {
            long cached = outcome.used().get(Unit.CACHED_INPUT_TOKEN);
            long reasoning = outcome.used().get(Unit.REASONING_TOKEN);
            long in = outcome.used().get(Unit.INPUT_TOKEN) + cached;
            long out = outcome.used().get(Unit.OUTPUT_TOKEN) + reasoning;
            return new UsageBody(
                    in,
                    out,
                    in + out,
                    new PromptDetailsBody(cached),
                    new CompletionDetailsBody(reasoning),
                    outcome.charge().toDecimal());
        }
    }

    record PromptDetailsBody(long cached_tokens) {}

    record CompletionDetailsBody(long reasoning_tokens) {}

    static String finish(@Nullable FinishReason reason) {
        return switch (reason) {
            case null -> "stop";
            case STOP -> "stop";
            case LENGTH -> "length";
            case TOOL_CALLS -> "tool_calls";
            case CONTENT_FILTER -> "content_filter";
        };
    }
}
