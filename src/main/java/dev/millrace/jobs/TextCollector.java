package dev.millrace.jobs;

import dev.millrace.lease.LeaseLostException;
import dev.millrace.meter.Units;
import dev.millrace.provider.AnswerFile;
import dev.millrace.provider.CollectedCalls;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextSink;
import dev.millrace.provider.TextTally;
import dev.millrace.provider.ToolPiece;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Takes the answer of a language job as it comes, and counts it. It is wanted until the job has ended without it, its time is over,
 * its lease is lost, or it has grown far beyond its limit.
 */
final class TextCollector implements TextSink {
    /** No token is longer than this on average, whatever it says. */
    private static final long BYTES_OF_TOKEN = 64;

    private final TextTally tally = new TextTally();
    private final StringBuilder text = new StringBuilder();
    private final CollectedCalls calls = new CollectedCalls();
    private final TextWork work;
    private final RunPause pause;
    private final ProgressNote note;
    private final InstantSource clock;
    private final Instant deadline;
    private long size;
    private boolean late;
    private RunPause.@Nullable Over over;
    private @Nullable LeaseLostException lost;
    private @Nullable FinishReason finish;

    TextCollector(TextWork work, RunPause pause, ProgressNote note, InstantSource clock, Instant deadline) {
        this.work = work;
        this.pause = pause;
        this.note = note;
        this.clock = clock;
        this.deadline = deadline;
    }

    @Override
    public void text(String piece) {
        if (!piece.isEmpty() && finish == null && !tooMuch(piece)) {
            tally.text(piece);
            text.append(piece);
            progress();
        }
    }

    @Override
    public void tool(ToolPiece piece) {
        if (finish == null && !tooMuch(piece.arguments())) {
            tally.tool(piece);
            calls.add(piece);
            progress();
        }
    }

    private boolean tooMuch(String piece) {
        size += piece.length();
        return grown();
    }

    /** Whether more came than any answer of the allowed length has. */
    boolean grown() {
        return size > (work.maxOutputTokens() + 1) * BYTES_OF_TOKEN;
    }

    private void progress() {
        note.report(tally.tokens() * 100 / Math.max(1, work.maxOutputTokens()));
    }

    @Override
    public void usage(Units units) {
        if (finish == null) {
            tally.reported(units);
        }
    }

    @Override
    public void end(FinishReason reason) {
        finish = finish == null ? reason : finish;
    }

    @Override
    public boolean wanted() {
        if (over != null || lost != null || late || grown()) {
            return false;
        }
        try {
            pause.glance();
        } catch (RunPause.Over ended) {
            over = ended;
        } catch (LeaseLostException gone) {
            lost = gone;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
        late = clock.instant().isAfter(deadline);
        return over == null && lost == null && !late;
    }

    /** Leaves the run when the job has ended without it, or is another's. */
    void leave() throws RunPause.Over {
        if (lost != null) {
            throw lost;
        }
        if (over != null) {
            throw over;
        }
    }

    boolean late() {
        return late;
    }

    TextTally tally() {
        return tally;
    }

    /** Why the answer ended; null when it has not. */
    @Nullable
    FinishReason finish() {
        return finish;
    }

    /** Whether there is an answer to charge for: pieces, or an end with usage. */
    boolean answered() {
        return finish != null && (tally.begun() || tally.isReported());
    }

    String written() {
        return text.toString();
    }

    AnswerFile file(FinishReason reason, Units used) {
        return new AnswerFile(written(), calls.list(), reason, used, tally.isReported());
    }
}
