package dev.millrace.app;

import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.api.openai.OpenAiApi;
import dev.millrace.api.openai.VideoStore;
import dev.millrace.assets.Assets;
import dev.millrace.frames.Frames;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.Jobs;
import dev.millrace.server.Handler;
import dev.millrace.server.Routes;

/** Makes the OpenAI dialect and what it alone needs: the rows beside videos, and pictures out of films. */
final class OpenAiParts implements AutoCloseable {
    private final Core core;
    private final VideoStore videos = new VideoStore();
    private final Frames frames = new Frames();

    OpenAiParts(Core core) {
        this.core = core;
    }

    JobCompanion companion() {
        return videos;
    }

    VideoStore videos() {
        return videos;
    }

    /** @param chat answers chats, whose dialect is another room's */
    void register(Routes routes, Admission admission, Jobs jobs, Assets assets, InputUrls urls, Handler chat) {
        new OpenAiApi(
                        new OpenAiApi.Rooms(
                                core.access(),
                                admission,
                                core.catalog(),
                                jobs,
                                core.database(),
                                assets,
                                urls,
                                videos,
                                frames,
                                core.ids(),
                                core.clock(),
                                chat),
                        core.settings().openai())
                .register(routes);
    }

    @Override
    public void close() {
        frames.close();
    }
}
