package dev.millrace.app;

import dev.millrace.admission.InputFiles;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.Assets;
import dev.millrace.config.ConfigException;
import dev.millrace.egress.Egress;
import dev.millrace.jobs.Intake;
import dev.millrace.moderation.Moderation;
import dev.millrace.moderation.ModerationException;
import dev.millrace.moderation.ModerationSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** Makes what looks at what customers hand in: their URLs, their files, their texts. */
final class CustodyParts implements AutoCloseable {
    private final InputUrls urls;
    private final InputFiles files;
    private final Moderation moderation;

    CustodyParts(Settings settings, Assets assets, Egress egress, InstantSource clock, MeterRegistry metrics) {
        this.urls = new InputUrls(egress, assets, clock, settings.inputs());
        this.files = new InputFiles(assets, egress, settings.inputs());
        this.moderation = moderation(settings.moderation(), metrics);
    }

    /** Refuses URLs before a request is accepted. */
    InputUrls urls() {
        return urls;
    }

    /** Fetches files, for dialects that look at them before they accept a request. */
    InputFiles files() {
        return files;
    }

    Intake intake() {
        return new Intake(files, moderation);
    }

    private static Moderation moderation(ModerationSettings settings, MeterRegistry metrics) {
        try {
            return Moderation.open(settings, metrics);
        } catch (ModerationException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        moderation.close();
    }
}
