package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.ChatBodies.CompletionBody;
import dev.millrace.api.millrace.LiveAnswers.Question;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** {@code POST /api/v1/chat/completions}: language, at once or streamed, in OpenAI's shape. */
final class ChatRoutes {
    private static final String SURFACE = "POST /api/v1/chat/completions";

    private final Access access;
    private final LiveAnswers answers;

    ChatRoutes(Access access, LiveAnswers answers) {
        this.access = access;
        this.answers = answers;
    }

    Response complete(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body());
        ChatRequest chat = ChatRequest.read(body);
        Question question = new Question(
                Chain.of(principal, body, chat.parameters(), null),
                chat.dialogue(),
                "chatcmpl-",
                LiveKeys.of(request, SURFACE, principal, body),
                HangUps.of(request));
        return chat.stream()
                ? answers.streamed(question, chat.usageInStream())
                : answers.whole(request, question, CompletionBody::of);
    }
}
