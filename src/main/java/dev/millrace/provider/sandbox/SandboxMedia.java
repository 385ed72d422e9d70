package dev.millrace.provider.sandbox;

import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;

/** Makes images, videos and music. */
public final class SandboxMedia implements MediaProvider {
    SandboxMedia(SandboxSettings settings, Studio studio, InstantSource clock) {}

    @Override
    public boolean submitIsIdempotent() {
        return true;
    }

    @Override
    public String submit(MediaCall call) {
        throw new IllegalStateException("soon");
    }

    @Override
    public MediaProgress poll(MediaCall call, String upstreamId) {
        throw new IllegalStateException("soon");
    }

    @Override
    public InputStream open(MediaCall call, String upstreamId, MediaOutput output) throws IOException {
        throw new IOException("soon");
    }

    @Override
    public boolean cancel(MediaCall call, String upstreamId) {
        return true;
    }
}
