package dev.millrace.provider.sandbox;

import dev.millrace.meter.Modality;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.MediaProviderContract;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

class SandboxMediaContractTest extends MediaProviderContract {
    private Instant now = Instant.parse("2027-01-01T00:00:00Z");
    private final SandboxProvider sandbox =
            new SandboxProvider(SandboxSettings.DEFAULTS, () -> now, duration -> {}, InputImages.NONE);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Override
    protected MediaProvider provider() {
        return sandbox.media().orElseThrow();
    }

    @Override
    protected MediaCall call() {
        return Calls.media(Modality.IMAGE, "{'prompt':'" + CANARY + " sea','num_images':2,'size':'64x64'}");
    }

    @Override
    protected MediaCall failing() {
        return Calls.media(Modality.IMAGE, "{'prompt':'" + CANARY + "','sandbox':{'fail':'upstream_error'}}");
    }

    @Override
    protected void proceed() {
        now = now.plusMillis(100);
    }
}
