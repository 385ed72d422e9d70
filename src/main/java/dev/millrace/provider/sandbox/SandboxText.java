package dev.millrace.provider.sandbox;

import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextSink;
import dev.millrace.provider.ToolPiece;
import dev.millrace.provider.UpstreamException;
import dev.millrace.provider.sandbox.Draft.Part;
import dev.millrace.provider.sandbox.Instructions.Moderation;
import java.time.Duration;
import java.util.List;

/** Answers conversations with text of its own, or with tool calls, token by token, and counts what it read and wrote. */
public final class SandboxText implements TextProvider {
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
        Draft draft = DraftWriter.of(call, told);
        pause(told.latency() != null ? told.latency() : settings.textLatency());
        ProblemCode failure = told.fail();
        if (failure != null && told.fails(call.attempt())) {
            throw Faults.failure(failure);
        }
        if (told.moderation() == Moderation.INPUT) {
            throw new UpstreamException(
                    ProblemCode.CONTENT_REJECTED, "The input did not pass moderation.", false, null);
        }
        long written = stream(draft, told, call.attempt(), sink);
        report(sink, told, draft.read(), written);
        if (!sink.wanted()) {
            return;
        }
        sink.end(reason(draft, told));
        if (told.finishTwice()) {
            report(sink, told, draft.read(), written * 2);
            sink.end(reason(draft, told));
        }
    }

    private long stream(Draft draft, Instructions told, int attempt, TextSink sink) {
        Duration pace = told.latency() != null && told.latency().isZero() ? Duration.ZERO : settings.textPace();
        long most = told.moderation() == Moderation.OUTPUT ? draft.parts().size() / 2 : Long.MAX_VALUE;
        long pieces = 0;
        long written = 0;
        for (Part part : told.noop() ? List.<Part>of() : draft.parts()) {
            if (!sink.wanted() || pieces >= most) {
                break;
            }
            if (told.cuts(attempt, pieces)) {
                throw new UpstreamException(
                        ProblemCode.UPSTREAM_ERROR, "The sandbox cut the stream as told.", true, null);
            }
            if (pieces > 0) {
                pause(pace);
            }
            tell(part, sink);
            pieces++;
            written += part.tokens();
            while (told.neverFinish() && sink.wanted()) {
                pause(STALL);
            }
        }
        return written;
    }

    private static void tell(Part part, TextSink sink) {
        ToolPiece tool = part.tool();
        if (tool == null) {
            sink.text(part.text());
        } else {
            sink.tool(tool);
        }
    }

    private static void report(TextSink sink, Instructions told, long read, long written) {
        if (told.silentUsage()) {
            return;
        }
        Units honest = Units.of(Unit.INPUT_TOKEN, read).with(Unit.OUTPUT_TOKEN, written);
        sink.usage(told.usage() != null ? told.usage() : honest);
    }

    private static FinishReason reason(Draft draft, Instructions told) {
        return told.moderation() == Moderation.OUTPUT ? FinishReason.CONTENT_FILTER : draft.reason();
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
}
