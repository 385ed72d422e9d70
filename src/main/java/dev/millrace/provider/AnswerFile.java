package dev.millrace.provider;

import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole language answer as the file that a language job leaves.
 *
 * @param reported whether the upstream stated the units; they are reckoned otherwise
 */
public record AnswerFile(String text, List<ToolCall> calls, FinishReason finish, Units used, boolean reported) {
    /** The content type of the file. */
    public static final String CONTENT_TYPE = "application/json";

    public AnswerFile {
        calls = List.copyOf(calls);
    }

    /** The file: the answer in the shape that chat clients know its parts in. */
    public byte[] json() {
        ObjectNode file = Json.object().put("output_text", text).put("finish_reason", reason());
        if (!calls.isEmpty()) {
            ArrayNode list = file.putArray("tool_calls");
            for (ToolCall call : calls) {
                ObjectNode one = list.addObject().put("id", call.id()).put("type", "function");
                one.putObject("function").put("name", call.name()).put("arguments", call.arguments());
            }
        }
        file.set("usage", usage());
        return Json.bytes(file);
    }

    /** What may be told of the answer where no content may stand. */
    public ObjectNode facts() {
        ObjectNode facts = Json.object().put("finish_reason", reason());
        facts.set("usage", usage());
        return facts;
    }

    private String reason() {
        return finish.name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode usage() {
        long in = used.get(Unit.INPUT_TOKEN) + used.get(Unit.CACHED_INPUT_TOKEN);
        long out = used.get(Unit.OUTPUT_TOKEN) + used.get(Unit.REASONING_TOKEN);
        return Json.object()
                .put("prompt_tokens", in)
                .put("completion_tokens", out)
                .put("total_tokens", in + out)
                .put("source", reported ? "upstream" : "estimate");
    }
}
