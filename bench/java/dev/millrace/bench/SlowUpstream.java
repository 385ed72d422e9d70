package dev.millrace.bench;

import dev.millrace.json.Json;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An upstream whose jobs take a given time, counted from when this process first heard of them, or never end. It never takes a
 * submission twice for the same one, and writes each down in a file, so that repeats show.
 */
final class SlowUpstream implements Provider, MediaProvider, AutoCloseable {
    private final OutputStream submissions;
    private final Duration takes;
    private final Duration askAgain;
    private final Consumer<MediaCall> begun;
    private final ConcurrentHashMap<String, Long> known = new ConcurrentHashMap<>();

    /**
     * @param takes how long a job runs; negative means for ever
     * @param begun hears of each submission
     */
    SlowUpstream(Path submissions, Duration takes, Duration askAgain, Consumer<MediaCall> begun) throws IOException {
        this.submissions = Files.newOutputStream(submissions, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.takes = takes;
        this.askAgain = askAgain;
        this.begun = begun;
    }

    /** How many jobs were submitted here or asked about. */
    int known() {
        return known.size();
    }

    @Override
    public String name() {
        return "sandbox";
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
    public boolean submitIsIdempotent() {
        return false;
    }

    @Override
    public String submit(MediaCall call) {
        begun.accept(call);
        String id = "up-" + call.job().text();
        synchronized (submissions) {
            try {
                submissions.write((id + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return id;
    }

    @Override
    public MediaProgress poll(MediaCall call, String upstreamId) {
        long now = System.nanoTime();
        long since = known.computeIfAbsent(upstreamId, id -> now);
        if (takes.isNegative() || now - since < takes.toNanos()) {
            return new MediaProgress.Running(takes.isNegative() ? 1 : 50, askAgain);
        }
        known.remove(upstreamId);
        return new MediaProgress.Finished(List.of(), Units.of(Unit.IMAGE, 1));
    }

    @Override
    public InputStream open(MediaCall call, String upstreamId, MediaOutput output) {
        return new ByteArrayInputStream(Json.bytes("nothing"));
    }

    @Override
    public boolean cancel(MediaCall call, String upstreamId) {
        known.remove(upstreamId);
        return true;
    }

    @Override
    public void close() throws IOException {
        submissions.close();
    }
}
