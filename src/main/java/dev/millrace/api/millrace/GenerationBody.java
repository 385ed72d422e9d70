package dev.millrace.api.millrace;

import dev.millrace.api.millrace.ChatBodies.AnswerBody;
import dev.millrace.api.millrace.ChatBodies.ChoiceBody;
import dev.millrace.api.millrace.ChatBodies.MessageBody;
import dev.millrace.api.millrace.ChatBodies.UsageBody;
import dev.millrace.relay.RelayOutcome;
import java.util.List;

/** A language answer of {@code POST /api/v1/generations}. */
record GenerationBody(
        String id,
        String object,
        String type,
        String model,
        String status,
        long created,
        String output_text,
        List<ChoiceBody> choices,
        UsageBody usage,
        String charge_usd) {
    static GenerationBody of(ChatHead head, AnswerBody answer, RelayOutcome outcome) {
        ChoiceBody choice = new ChoiceBody(0, MessageBody.of(answer), ChatBodies.finish(outcome.finish()), null);
        return new GenerationBody(
                head.id(),
                "generation",
                "language",
                head.model(),
                "completed",
                head.created(),
                answer.text(),
                List.of(choice),
                UsageBody.of(outcome),
                outcome.charge().toUsd());
    }
}
