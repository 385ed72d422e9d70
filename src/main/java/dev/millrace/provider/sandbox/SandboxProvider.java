package dev.millrace.provider.sandbox;

import dev.millrace.presets.Preset;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.sandbox.paint.ImageFile;
import dev.millrace.provider.sandbox.paint.Painter;
import dev.millrace.provider.sandbox.paint.Picture;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The {@code sandbox} upstream: language, image, video and music, with no key and no network. */
public final class SandboxProvider implements Provider, AutoCloseable {
    private static final int PREVIEW_WIDTH = 384;
    private static final int PREVIEW_HEIGHT = 288;

    private final Studio studio;
    private final SandboxText text;
    private final SandboxMedia media;
    private final SandboxCallbacks callbacks;

    /** One that calls nobody back. */
    public SandboxProvider(SandboxSettings settings, InstantSource clock, Pause pause, InputImages images) {
        this(settings, clock, pause, images, SandboxCallbacks.none(clock));
    }

    /** @param images how to get at the pictures that requests refer to; {@link InputImages#NONE} knows none */
    public SandboxProvider(
            SandboxSettings settings,
            InstantSource clock,
            Pause pause,
            InputImages images,
            SandboxCallbacks callbacks) {
        this.studio = new Studio(settings.studioThreads());
        this.text = new SandboxText(settings, pause);
        this.media = new SandboxMedia(settings, studio, clock, images, callbacks);
        this.callbacks = callbacks;
    }

    /**
     * Refuses bad instructions where the request comes in, before anything is held or accepted.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the instruction
     */
    public static void check(ObjectNode parameters) {
        var unused = Instructions.of(parameters);
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public Optional<TextProvider> text() {
        return Optional.of(text);
    }

    @Override
    public Optional<MediaProvider> media() {
        return Optional.of(media);
    }

    @Override
    public Optional<MediaCallbacks> callbacks() {
        return Optional.of(callbacks);
    }

    /** A small picture of what the words of a preset look like, as JPEG. */
    public byte[] preview(Preset preset) {
        var picture = new Picture(preset.words(), preset.id().hashCode(), 0, PREVIEW_WIDTH, PREVIEW_HEIGHT);
        return studio.render(() -> ImageFile.jpeg(Painter.paint(picture)));
    }

    /** Stops taking work; a call that waits for the studio fails as an upstream that is down. */
    @Override
    public void close() {
        studio.close();
    }
}
