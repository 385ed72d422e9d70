package dev.millrace.api.millrace;

import dev.millrace.admission.Admission;
import dev.millrace.admission.AdmittedText;
import dev.millrace.api.millrace.ChatBodies.AnswerBody;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Dialogue;
import dev.millrace.relay.HangUp;
import dev.millrace.relay.KeyHold;
import dev.millrace.relay.LiveKey;
import dev.millrace.relay.Relay;
import dev.millrace.relay.RelayOutcome;
import dev.millrace.relay.Started;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers language requests, at once or streamed, by the first model of a chain that gives anything. From its first piece on it
 * is that model's answer, whole or broken; the models before it gave nothing and are not charged.
 */
final class LiveAnswers {
    private final Admission admission;
    private final Relay relay;
    private final InstantSource clock;

    LiveAnswers(Admission admission, Relay relay, InstantSource clock) {
        this.admission = admission;
        this.relay = relay;
        this.clock = clock;
    }

    /** How a route shows an answer that is complete. */
    @FunctionalInterface
    interface Whole {
        Object body(ChatHead head, AnswerBody answer, RelayOutcome outcome);
    }

    /**
     * What is to be answered.
     *
     * @param prefix of the answer's id, whose rest names it in the wallet and in usage too
     * @param key the request's idempotency key; null when it has none
     * @param hangUp what happens when the client hangs up; null for what is set
     */
    record Question(
            Chain chain,
            Dialogue dialogue,
            String prefix,
            @Nullable LiveKey key,
            @Nullable HangUp hangUp) {}

    /** One model whose hold is taken, and its place in the chain. */
    private record Next(Started started, ChatHead head, int place) {}

    Response whole(Request request, Question question, Whole shape) {
        try (Tries tries = tries(question)) {
            return whole(request, tries, shape);
        }
    }

    private Response whole(Request request, Tries tries, Whole shape) {
        Question question = tries.question();
        Next next = from(tries, 0);
        while (true) {
            CollectedAnswer answer = new CollectedAnswer(request);
            try {
                next.started().run(answer);
                return Response.json(
                        200, shape.body(next.head(), new AnswerBody(answer.text(), answer.calls()), answer.outcome()));
            } catch (ProblemException failed) {
                // What broke off is paid for: another model's answer would be charged beside it.
                if (answer.brokeOff() || !hasAnother(question, next, failed)) {
                    throw failed;
                }
                next = from(tries, next.place() + 1);
            }
        }
    }

    /** What is refused before any upstream is called (no money, no capacity) is still an answer with its own status. */
    Response streamed(Question question, boolean usage) {
        Tries tries = tries(question);
        Next first;
        try {
            first = from(tries, 0);
        } catch (RuntimeException refused) {
            tries.close();
            throw refused;
        }
        return Response.sse(out -> {
            Next next = first;
            StreamedAnswer answer = new StreamedAnswer(out, next.head(), usage);
            try {
                while (!ran(next, answer, question)) {
                    next = from(tries, next.place() + 1);
                    answer = new StreamedAnswer(out, next.head(), usage);
                }
            } catch (ProblemException failed) {
                answer.failed(failed.problem());
            } finally {
                tries.close();
            }
        });
    }

    /** A question, and its key, which is taken for as long as one model after the other is tried. */
    private record Tries(Question question, @Nullable KeyHold key) implements AutoCloseable {
        @Override
        public void close() {
            if (key != null) {
                key.close();
            }
        }
    }

    /** Refuses a repeat. */
    private Tries tries(Question question) {
        LiveKey key = question.key();
        if (key == null) {
            return new Tries(question, null);
        }
        relay.refuseRepeat(key);
        return new Tries(question, relay.keyHold(key));
    }

    private static boolean ran(Next next, StreamedAnswer answer, Question question) {
        try {
            next.started().run(answer);
            return true;
        } catch (ProblemException failed) {
            if (!hasAnother(question, next, failed)) {
                throw failed;
            }
            return false;
        }
    }

    /** The first model from this place on that takes the request; the last one's refusal when none does. */
    private Next from(Tries tries, int place) {
        for (int i = place; ; i++) {
            try {
                return start(tries, i);
            } catch (ProblemException refused) {
                if (i + 1 == tries.question().chain().asks().size() || !Chain.anotherMayWork(refused)) {
                    throw refused;
                }
            }
        }
    }

    private Next start(Tries tries, int place) {
        Question question = tries.question();
        AdmittedText admitted = admission.admitText(question.chain().asks().get(place), question.dialogue());
        Started started = relay.start(admitted, tries.key(), question.hangUp());
        String id = question.prefix() + started.id().text();
        ChatHead head = new ChatHead(
                id, clock.instant().getEpochSecond(), admitted.model().id());
        return new Next(started, head, place);
    }

    private static boolean hasAnother(Question question, Next next, ProblemException failed) {
        return next.place() + 1 < question.chain().asks().size() && Chain.anotherMayWork(failed);
    }
}
