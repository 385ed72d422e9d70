package dev.millrace.jobs;

import dev.millrace.assets.StoredFile;
import dev.millrace.jobs.JobRow.Course;
import dev.millrace.jobs.Outcome.Fetched;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.AnswerFile;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextTally;
import dev.millrace.provider.UpstreamException;
import dev.millrace.usage.UnitsSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One submission of a language job to one upstream. That it may have begun is durable before it does. Nobody sees an answer that
 * breaks off, nor that of a worker that died: what it cost is the platform's loss, and the next submission begins anew.
 */
final class TextSubmission {
    private static final Logger LOG = LoggerFactory.getLogger(TextSubmission.class);
    private static final Duration AGAIN = Duration.ofMillis(200);
    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final int PERCENT = 100;

    private final JobParts parts;
    private final Job job;
    private final RunState state;
    private final RunPause pause;
    private final ProgressNote note;
    private final Sealed content;
    private final TextWork work;
    private final Instant deadline;

    TextSubmission(
            JobParts parts,
            Job job,
            RunState state,
            RunPause pause,
            ProgressNote note,
            Sealed content,
            Instant deadline) {
        this.parts = parts;
        this.job = job;
        this.state = state;
        this.pause = pause;
        this.note = note;
        this.content = content;
        this.work = Objects.requireNonNull(content.text(), "a language job has a conversation");
        this.deadline = deadline;
    }

    Verdict run(TextProvider provider) throws InterruptedException, RunPause.Over {
        Course course = state.course();
        if (course.intent()) {
            return interrupted();
        }
        pause.await(Duration.ZERO);
        state.mark(course.intended());
        parts.signals().at(Checkpoint.SUBMIT_INTENT);
        TextCollector answer = new TextCollector(work, pause, note, parts.clock(), deadline);
        UpstreamException failure = call(provider, course, answer);
        parts.signals().at(Checkpoint.SUBMITTED);
        answer.leave();
        FinishReason finish = answer.finish();
        if (failure == null && finish != null && answer.answered()) {
            return finished(answer, finish);
        }
        return failed(answer, failure);
    }

    /** Its worker died with the answer: what came until then is not known, and was nobody's. */
    private Verdict interrupted() {
        lose(lostUnits(job, content));
        return new Verdict.TryNext(
                new Outcome.Failed(
                        ProblemCode.UPSTREAM_UNKNOWN,
                        "The answer broke off when its worker ended; send it again.",
                        true),
                AGAIN);
    }

    /** What the running submission of a language job is reckoned to have used, by how far it was seen to come. */
    static Units lostUnits(Job job, Sealed content) {
        TextWork work = Objects.requireNonNull(content.text());
        long output = work.maxOutputTokens() * job.progress() / PERCENT;
        return new TextTally().used(work.dialogue(), content.planned()).with(Unit.OUTPUT_TOKEN, output);
    }

    private @Nullable UpstreamException call(TextProvider provider, Course course, TextCollector answer)
            throws InterruptedException {
        TextCall call = new TextCall(
                job.id().text() + "-" + course.submission(),
                course.submission(),
                course.upstreamModel(),
                work.dialogue(),
                work.maxOutputTokens(),
                work.seed(),
                content.parameters().deepCopy());
        try {
            provider.run(call, answer);
            interruptIfAsked();
            return null;
        } catch (UpstreamException failure) {
            interruptIfAsked();
            return failure;
        } catch (RuntimeException bug) {
            interruptIfAsked();
            // The message may quote anything, so the kind alone is told.
            LOG.error(
                    "job {}: the adapter failed with {}",
                    job.id(),
                    bug.getClass().getName());
            return new UpstreamException(ProblemCode.INTERNAL, "The upstream could not be used.", true, null);
        }
    }

    private static void interruptIfAsked() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private Verdict failed(TextCollector answer, @Nullable UpstreamException failure) {
        boolean begun = answer.tally().begun();
        if (begun) {
            lose(answer.tally().used(work.dialogue(), content.planned()));
        }
        if (answer.late()) {
            return last(ProblemCode.UPSTREAM_TIMEOUT, "The model did not finish within its time.", begun);
        }
        if (answer.grown()) {
            return last(ProblemCode.UPSTREAM_ERROR, "The answer of the upstream is longer than was asked for.", begun);
        }
        if (failure == null) {
            boolean filtered = answer.finish() == FinishReason.CONTENT_FILTER;
            return filtered
                    ? new Verdict.Final(new Outcome.Rejected("output_moderation"))
                    : new Verdict.TryNext(
                            new Outcome.Failed(
                                    ProblemCode.UPSTREAM_ERROR,
                                    "The upstream broke off before the end of its answer.",
                                    begun),
                            AGAIN);
        }
        if (failure.code() == ProblemCode.CONTENT_REJECTED) {
            return new Verdict.Final(new Outcome.Rejected("input_moderation"));
        }
        var end = new Outcome.Failed(failure.code(), failure.detail(), begun);
        Duration told = failure.retryAfter();
        return failure.anotherMayWork()
                ? new Verdict.TryNext(end, told == null ? AGAIN : told)
                : new Verdict.Final(end);
    }

    private static Verdict last(ProblemCode code, String detail, boolean exposed) {
        return new Verdict.Final(new Outcome.Failed(code, detail, exposed));
    }

    private void lose(Units units) {
        Money cost = parts.database()
                .read(tx -> parts.billing().worth(tx, job.model(), job.priceVersion(), content.parameters(), units));
        state.lose(cost);
    }

    private Verdict finished(TextCollector answer, FinishReason finish) {
        Units used = answer.tally().used(work.dialogue(), content.planned());
        AnswerFile file = answer.file(finish, used);
        List<Fetched> files = new ArrayList<>();
        try {
            if (!file.text().isEmpty()) {
                files.add(
                        stored(files.size(), "txt", PLAIN, file.text().getBytes(StandardCharsets.UTF_8), file.facts()));
            }
            files.add(stored(files.size(), "json", AnswerFile.CONTENT_TYPE, file.json(), file.facts()));
        } catch (IOException | ProblemException noRoom) {
            files.forEach(one -> parts.assets().discard(one.file()));
            lose(used);
            return last(
                    ProblemCode.UNAVAILABLE,
                    "The upstream finished, and there was no room to store its answer; send it again later.",
                    true);
        }
        UnitsSource source = answer.tally().isReported() ? UnitsSource.UPSTREAM : UnitsSource.ESTIMATE;
        return new Verdict.Final(new Outcome.Completed(files, used, source));
    }

    private Fetched stored(int index, String ending, String contentType, byte[] bytes, ObjectNode facts)
            throws IOException {
        StoredFile written = parts.assets()
                .write(
                        new ByteArrayInputStream(bytes),
                        parts.assets().settings().maxOutputBytes());
        // Its type is known: Millrace wrote it.
        StoredFile file = new StoredFile(written.location(), written.bytes(), contentType, written.sha256());
        parts.signals().at(Checkpoint.ASSET_STORED);
        return new Fetched(
                new JobOutput(
                        index,
                        parts.ids().asset(),
                        index + "." + ending,
                        contentType,
                        file.bytes(),
                        file.sha256(),
                        facts,
                        null),
                file);
    }
}
