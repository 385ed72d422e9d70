package dev.millrace.provider.sandbox;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.Message;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextSink;
import dev.millrace.provider.UpstreamException;
import dev.millrace.provider.sandbox.Instructions.Moderation;
import dev.millrace.provider.sandbox.text.Answer;
import dev.millrace.provider.sandbox.text.Tokens;
import dev.millrace.provider.sandbox.text.Wordsmith;
import java.time.Duration;
import java.util.List;

/** Answers conversations with text of its own, token by token, and counts what it read and wrote. */
public final class SandboxText implements TextProvider {
    /** What the chat form adds to the words themselves: around every message, and once before the answer. */
    private static final int TOKENS_PER_MESSAGE = 3;

    private static final int TOKENS_BEFORE_ANSWER = 3;
    private static final Duration STALL = Duration.ofMillis(100);

    private final SandboxSettings settings;
    private final Pause pause;

    SandboxText(SandboxSettings settings, Pause pause) {
        this.settings = settings;
        this.pause = pause;
    }

    @Override
    public void run(TextCall call, TextSink sink) {
        Instructions told = Faults.instructions(call.parameters());
        Draft draft = draft(call, told);
        pause(told.latency() != null ? told.latency() : settings.textLatency());
        if (told.fail() != null) {
            throw Faults.failure(told.fail());
        }
        if (told.moderation() == Moderation.INPUT) {
            throw new UpstreamException(
                    ProblemCode.CONTENT_REJECTED, "The input did not pass moderation.", false, null);
        }
        long written = stream(draft.answer(), told, sink);
        report(sink, told, draft.read(), written);
        if (!sink.wanted()) {
            return;
        }
        sink.end(reason(draft.answer(), told));
        if (told.finishTwice()) {
            report(sink, told, draft.read(), written * 2);
            sink.end(reason(draft.answer(), told));
        }
    }

    private static Draft draft(TextCall call, Instructions told) {
        String question = "";
        int read = TOKENS_BEFORE_ANSWER;
        for (Message message : call.messages()) {
            read += TOKENS_PER_MESSAGE + 1 + Tokens.count(message.text());
            question = message.role() == Message.Role.USER ? message.text() : question;
        }
        long limit = Math.max(1, call.maxOutputTokens());
        // Without a seed the turn of the conversation varies the answer, so that asking again is answered differently.
        long seed = call.seed().orElse(call.messages().size());
        Answer answer = told.tokens().isPresent()
                ? Wordsmith.answerOf(question, seed, told.tokens().getAsLong(), limit)
                : Wordsmith.answer(question, seed, limit);
        return new Draft(answer, read);
    }

    private long stream(Answer answer, Instructions told, TextSink sink) {
        Duration pace = told.latency() != null && told.latency().isZero() ? Duration.ZERO : settings.textPace();
        long most = told.moderation() == Moderation.OUTPUT ? answer.pieces().size() / 2 : Long.MAX_VALUE;
        long written = 0;
        for (String piece : told.noop() ? List.<String>of() : answer.pieces()) {
            if (!sink.wanted() || written >= most) {
                break;
            }
            if (told.cutStreamAt().isPresent() && written >= told.cutStreamAt().getAsLong()) {
                throw new UpstreamException(
                        ProblemCode.UPSTREAM_ERROR, "The sandbox cut the stream as told.", true, null);
            }
            if (written > 0) {
                pause(pace);
            }
            sink.text(piece);
            written++;
            while (told.neverFinish() && sink.wanted()) {
                pause(STALL);
            }
        }
        return written;
    }

    private static void report(TextSink sink, Instructions told, long read, long written) {
        if (told.silentUsage()) {
            return;
        }
        Units honest = Units.of(Unit.INPUT_TOKEN, read).with(Unit.OUTPUT_TOKEN, written);
        sink.usage(told.usage() != null ? told.usage() : honest);
    }

    private static FinishReason reason(Answer answer, Instructions told) {
        if (told.moderation() == Moderation.OUTPUT) {
            return FinishReason.CONTENT_FILTER;
        }
        return answer.cut() ? FinishReason.LENGTH : FinishReason.STOP;
    }

    private void pause(Duration duration) {
        if (duration.isZero()) {
            return;
        }
        try {
            pause.of(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UpstreamException(ProblemCode.UNAVAILABLE, "The sandbox was interrupted.", true, null);
        }
    }

    /** An answer before it is told, and how many tokens the question had. */
    private record Draft(Answer answer, long read) {}
}
