package dev.millrace.api.millrace;

import dev.millrace.assets.Assets;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobEvent;
import dev.millrace.jobs.JobOutput;
import dev.millrace.server.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Shows jobs as they stand now, with links that begin as the request did. */
final class JobForms {
    private final Assets assets;
    private final InstantSource clock;

    JobForms(Assets assets, InstantSource clock) {
        this.assets = assets;
        this.clock = clock;
    }

    JobBody of(Job job, Request request) {
        return JobBody.of(job, assets.links(), request.baseUrl().toString(), clock.instant());
    }

    JobBody of(JobEvent event, String base) {
        return JobBody.of(event, assets.links(), base, clock.instant());
    }

    /** A completed job whose outputs are handed over as was asked. */
    JobBody delivered(Job job, Request request, Delivery delivery) {
        JobBody body = of(job, request);
        return switch (delivery) {
            case STORAGE -> body;
            case INLINE -> body.withUrls(inline(job));
        };
    }

    private List<String> inline(Job job) {
        List<String> urls = new ArrayList<>();
        for (JobOutput output : job.outputs()) {
            assets.open(output.asset())
                    .ifPresent(opened -> urls.add("data:" + output.contentType() + ";base64,"
                            + Base64.getEncoder().encodeToString(bytes(opened))));
        }
        return urls;
    }

    private static byte[] bytes(Assets.Opened opened) {
        try {
            return Files.readAllBytes(opened.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
