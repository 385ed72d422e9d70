package dev.millrace.console.account;

import dev.millrace.assets.AssetLinks;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobState;
import dev.millrace.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A job as lists and its page show it.
 *
 * @param tone how its state is coloured: {@code ok}, {@code bad}, {@code warn} or nothing
 * @param took how long it ran; empty while it does
 * @param charge what it cost; empty until it has ended
 * @param why what ended it, where it did not complete
 */
public record JobLine(
        String id,
        String model,
        String type,
        String state,
        String tone,
        int progress,
        String at,
        String took,
        String hold,
        String charge,
        String why,
        String dialect,
        String key,
        String keptUntil,
        List<Output> outputs) {
    private static final Duration LINKS_LIVE = Duration.ofHours(1);

    /**
     * A file that it made.
     *
     * @param kind {@code image}, {@code video} or {@code audio}
     */
    public record Output(String link, String kind, String contentType, long bytes, String sha256) {}

    static JobLine of(Job job, AssetLinks links, Instant now) {
        Instant started = job.startedAt();
        Instant finished = job.finishedAt();
        Money charge = job.charge();
        String detail = job.problemDetail();
        return new JobLine(
                job.id().text(),
                job.model(),
                job.modality().wire(),
                job.state().name().toLowerCase(Locale.ROOT),
                tone(job.state()),
                job.progress(),
                Moments.of(job.createdAt()),
                started == null || finished == null ? "" : Moments.length(Duration.between(started, finished)),
                Cash.exact(job.hold()),
                charge == null ? "" : Cash.exact(charge),
                detail == null ? "" : detail,
                job.dialect(),
                job.key().text(),
                job.expiresAt() == null ? "" : Moments.of(job.expiresAt()),
                outputs(job, links, now));
    }

    private static List<Output> outputs(Job job, AssetLinks links, Instant now) {
        if (job.gone(now)) {
            return List.of();
        }
        return job.outputs().stream()
                .filter(output -> !output.gone())
                .map(output -> new Output(
                        links.sign(output.asset(), output.fileName(), now.plus(LINKS_LIVE)),
                        output.contentType().split("/", 2)[0],
                        output.contentType(),
                        output.bytes(),
                        output.sha256()))
                .toList();
    }

    private static String tone(JobState state) {
        return switch (state) {
            case COMPLETED -> "ok";
            case FAILED -> "bad";
            case NSFW -> "warn";
            case QUEUED, RUNNING, CANCELED -> "";
        };
    }
}
