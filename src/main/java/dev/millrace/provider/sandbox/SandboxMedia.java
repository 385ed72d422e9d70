package dev.millrace.provider.sandbox;

import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.sandbox.Instructions.FailAt;
import dev.millrace.provider.sandbox.Instructions.Moderation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes images, videos, music, speech and transcripts. It keeps nothing: how far a job is follows from when its id says that it began, and an
 * output is made at the moment it is opened. So a job goes on after a restart, and submitting it again changes nothing.
 */
public final class SandboxMedia implements MediaProvider {
    private static final int DONE = 100;
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(20);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(400);

    private final SandboxSettings settings;
    private final Studio studio;
    private final InstantSource clock;
    private final InputPicture pictures;
    private final SandboxCallbacks callbacks;

    SandboxMedia(
            SandboxSettings settings,
            Studio studio,
            InstantSource clock,
            InputImages images,
            SandboxCallbacks callbacks) {
        this.settings = settings;
        this.studio = studio;
        this.clock = clock;
        this.pictures = new InputPicture(images);
        this.callbacks = callbacks;
    }

    @Override
    public boolean submitIsIdempotent() {
        return true;
    }

    @Override
    public String submit(MediaCall call) {
        Instructions told = Faults.instructions(call.parameters());
        if (told.failAt() == FailAt.SUBMIT) {
            failIfTold(told, call);
        }
        String id = new UpstreamId(call.job(), clock.instant()).text();
        if (told.callback() != null && call.callback() != null) {
            callbacks.submitted(call, id, told, latency(told, call.modality()));
        }
        return id;
    }

    @Override
    public MediaProgress poll(MediaCall call, String upstreamId) {
        Instructions told = Faults.instructions(call.parameters());
        UpstreamId id = UpstreamId.parse(upstreamId, call.job());
        if (told.moderation() == Moderation.INPUT) {
            return new MediaProgress.Rejected("input_moderation");
        }
        Duration latency = latency(told, call.modality());
        Duration passed = Duration.between(id.started(), clock.instant());
        if (told.neverFinish() || passed.compareTo(latency) < 0) {
            return running(passed, latency);
        }
        ProblemCode code = told.fail();
        if (code != null && told.fails(call.attempt()) && told.failAt() == FailAt.POLL) {
            return new MediaProgress.Failed(code, Faults.detail(code));
        }
        return told.moderation() == Moderation.OUTPUT
                ? new MediaProgress.Rejected("output_moderation")
                : finished(call, told);
    }

    private static MediaProgress running(Duration passed, Duration latency) {
        long total = Math.max(1, latency.toMillis());
        long percent = Math.clamp(passed.toMillis() * DONE / total, 0, DONE - 1);
        Duration left = latency.minus(passed);
        Duration wait = left.compareTo(LONGEST_WAIT) > 0 || left.isNegative() ? LONGEST_WAIT : left;
        return new MediaProgress.Running((int) percent, wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait);
    }

    private MediaProgress finished(MediaCall call, Instructions told) {
        if (SpokenWork.is(call.modality())) {
            return SpokenWork.finished(call, told);
        }
        Work work = Work.of(call, pictures);
        int count = told.noop() ? 0 : (int) told.outputs().orElse(work.count());
        Units used = told.usage() != null ? told.usage() : work.used(told.noop() ? work.count() : count);
        return new MediaProgress.Finished(work.announced(count), told.silentUsage() ? null : used);
    }

    @Override
    public InputStream open(MediaCall call, String upstreamId, MediaOutput output) throws IOException {
        Instructions told = Faults.instructions(call.parameters());
        UpstreamId.parse(upstreamId, call.job());
        if (told.failAt() == FailAt.OPEN) {
            failIfTold(told, call);
        }
        byte[] bytes = make(call, output.index());
        var whole = new ByteArrayInputStream(bytes);
        return told.cutStreamAt().isPresent()
                ? new CutStream(whole, told.cutStreamAt().getAsLong())
                : whole;
    }

    private byte[] make(MediaCall call, int number) {
        if (SpokenWork.is(call.modality())) {
            return SpokenWork.make(call, studio);
        }
        Work work = Work.of(call, pictures);
        return studio.render(() -> work.make(number));
    }

    @Override
    public boolean cancel(MediaCall call, String upstreamId) {
        return !Faults.instructions(call.parameters()).refuseCancel();
    }

    private Duration latency(Instructions told, Modality modality) {
        if (told.latency() != null) {
            return told.latency();
        }
        if (told.noop()) {
            return Duration.ZERO;
        }
        return switch (modality) {
            case IMAGE -> settings.imageLatency();
            case VIDEO -> settings.videoLatency();
            case MUSIC -> settings.musicLatency();
            case SPEECH, TRANSCRIPTION -> settings.speechLatency();
            case LANGUAGE -> settings.textLatency();
        };
    }

    private static void failIfTold(Instructions told, MediaCall call) {
        ProblemCode code = told.fail();
        if (code != null && told.fails(call.attempt())) {
            throw Faults.failure(code);
        }
    }
}
