package dev.millrace.testkit;

import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An upstream inside the test: does what the test tells it, and remembers every call. Finishes at once unless told otherwise. */
public final class TestingMediaProvider implements Provider, MediaProvider {
    /** A PNG as far as its first bytes tell. */
    public static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3, 4};

    /** One submission and the key under which an upstream would recognize a repeat of it. */
    public record Submitted(String key, MediaCall call) {}

    public final List<Submitted> submissions = new CopyOnWriteArrayList<>();
    public final List<String> canceled = new CopyOnWriteArrayList<>();
    public volatile boolean idempotent = true;
    public volatile Submit submit = call -> "up-" + call.job() + "-" + call.attempt();
    public volatile Poll poll = (call, id) -> picture();
    public volatile Open open = output -> new ByteArrayInputStream(PICTURE);
    public volatile boolean cancels = true;
    /** How it calls back; null when it does not. */
    public volatile @Nullable MediaCallbacks callbacks;

    private final String name;

    public TestingMediaProvider(String name) {
        this.name = name;
    }

    /** What happens when a job is submitted. */
    public interface Submit {
        String submit(MediaCall call);
    }

    /** What is answered when a job is asked about. */
    public interface Poll {
        MediaProgress poll(MediaCall call, String upstreamId);
    }

    /** What an output holds. */
    public interface Open {
        InputStream open(MediaOutput output) throws IOException;
    }

    /** Finished with one picture, counted by the upstream. */
    public static MediaProgress picture() {
        return pictures(1);
    }

    public static MediaProgress pictures(int count) {
        List<MediaOutput> outputs = IntStream.range(0, count)
                .mapToObj(i -> new MediaOutput(
                        i, "picture-" + i, "image/png", Json.object().put("width", 64)))
                .toList();
        return new MediaProgress.Finished(outputs, Units.of(Unit.IMAGE, count));
    }

    /** Finished with nothing to copy. */
    public static MediaProgress nothing() {
        return new MediaProgress.Finished(List.of(), Units.of(Unit.IMAGE, 1));
    }

    public static MediaProgress running(int percent) {
        return new MediaProgress.Running(percent, Duration.ofMillis(5));
    }

    /** How many different jobs an upstream that recognizes repeats would have. */
    public long distinct() {
        return submissions.stream().map(Submitted::key).distinct().count();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<TextProvider> text() {
        return Optional.empty();
    }

    @Override
    public Optional<MediaProvider> media() {
        return Optional.of(this);
    }

    @Override
    public Optional<MediaCallbacks> callbacks() {
        return Optional.ofNullable(callbacks);
    }

    @Override
    public boolean submitIsIdempotent() {
        return idempotent;
    }

    @Override
    public String submit(MediaCall call) {
        submissions.add(new Submitted(call.job() + "-" + call.attempt(), call));
        return submit.submit(call);
    }

    @Override
    public MediaProgress poll(MediaCall call, String upstreamId) {
        return poll.poll(call, upstreamId);
    }

    @Override
    public InputStream open(MediaCall call, String upstreamId, MediaOutput output) throws IOException {
        return open.open(output);
    }

    @Override
    public boolean cancel(MediaCall call, String upstreamId) {
        canceled.add(upstreamId);
        return cancels;
    }
}
