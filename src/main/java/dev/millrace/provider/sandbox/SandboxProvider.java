package dev.millrace.provider.sandbox;

import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextProvider;
import java.time.InstantSource;
import java.util.Optional;

/** The {@code sandbox} upstream: language, image, video and music, with no key and no network. */
public final class SandboxProvider implements Provider, AutoCloseable {
    private final Studio studio;
    private final SandboxText text;
    private final SandboxMedia media;

    public SandboxProvider(SandboxSettings settings, InstantSource clock, Pause pause) {
        this.studio = new Studio(settings.studioThreads());
        this.text = new SandboxText(settings, studio, pause);
        this.media = new SandboxMedia(settings, studio, clock);
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

    /** Stops what is being rendered; a call that waits for it fails as an upstream that is down. */
    @Override
    public void close() {
        studio.close();
    }
}
