package dev.millrace.api.millrace;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedText;
import dev.millrace.api.millrace.ChatBodies.CompletionBody;
import dev.millrace.problem.ProblemException;
import dev.millrace.relay.LiveKey;
import dev.millrace.relay.Relay;
import dev.millrace.relay.Started;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/chat/completions}: language, at once or streamed, in OpenAI's shape. */
final class ChatRoutes {
    private static final String SURFACE = "POST /api/v1/chat/completions";

    private final Access access;
    private final Admission admission;
    private final Relay relay;
    private final InstantSource clock;

    ChatRoutes(Access access, Admission admission, Relay relay, InstantSource clock) {
        this.access = access;
        this.admission = admission;
        this.relay = relay;
        this.clock = clock;
    }

    Response complete(Request request) {
        Principal principal = access.authenticate(request.headers("Authorization"));
        Fields body = Fields.of(request.body());
        ChatRequest chat = ChatRequest.read(body);
        LiveKey key = LiveKeys.of(request, SURFACE, principal, body);
        if (key != null) {
            relay.refuseRepeat(key);
        }
        return answer(request, principal, chat, key);
    }

    private Response answer(Request request, Principal principal, ChatRequest chat, @Nullable LiveKey key) {
        AdmittedText admitted = admission.admitText(chat.ask(principal), chat.messages());
        Started started = relay.start(admitted, key);
        // The answer's id names it in the wallet and in usage too.
        ChatHead head = new ChatHead(
                "chatcmpl-" + started.id().text(),
                clock.instant().getEpochSecond(),
                admitted.model().id());
        return chat.stream() ? streamed(started, head, chat.usageInStream()) : whole(request, started, head);
    }

    private static Response whole(Request request, Started started, ChatHead head) {
        CollectedAnswer answer = new CollectedAnswer(request);
        started.run(answer);
        return Response.json(200, CompletionBody.of(head, answer.text(), answer.outcome()));
    }

    /** What is refused before the upstream is called (no money, no capacity) is still an answer with its own status. */
    private static Response streamed(Started started, ChatHead head, boolean withUsage) {
        return Response.sse(out -> {
            StreamedAnswer answer = new StreamedAnswer(out, head, withUsage);
            try {
                started.run(answer);
            } catch (ProblemException failed) {
                answer.failed(failed.problem());
            }
        });
    }
}
