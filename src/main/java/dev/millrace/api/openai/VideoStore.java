package dev.millrace.api.openai;

import dev.millrace.admission.AdmittedMedia;
import dev.millrace.db.Tx;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Keeps one row beside every job for a video, whichever dialect asked for it: any of them can be looked at here. */
public final class VideoStore implements JobCompanion {
    private static final int MILLIS = 3;

    @Override
    public void taken(Tx tx, Job job, AdmittedMedia admitted) {
        if (job.modality() == Modality.VIDEO) {
            tx.update(
                    "insert into openai_videos (job, organization, seconds, size, created_at) values (?, ?, ?, ?, ?)",
                    job.id(),
                    job.organization(),
                    seconds(admitted.planned().get(Unit.VIDEO_SECOND)),
                    size(admitted),
                    job.createdAt());
        }
    }

    @Override
    public void erased(Tx tx, Job job) {
        if (job.modality() == Modality.VIDEO) {
            tx.update("delete from openai_videos where job = ?", job.id());
        }
    }

    /** Up to {@code max} videos behind a place, oldest first. */
    List<JobId> oldest(Tx tx, OrganizationId organization, Instant after, String id, int max) {
        return tx.list(
                "select job from openai_videos where organization = ? and (created_at, job) > (?, ?)"
                        + " order by created_at, job limit ?",
                row -> JobId.parse(row.text("job")).orElseThrow(),
                organization,
                after,
                id,
                max);
    }

    VideoRow find(Tx tx, JobId job) {
        return tx.one(
                        "select seconds, size, remixed_from from openai_videos where job = ?",
                        row -> new VideoRow(
                                row.textOrNull("seconds"),
                                row.textOrNull("size"),
                                Optional.ofNullable(row.textOrNull("remixed_from"))
                                        .flatMap(JobId::parse)
                                        .orElse(null)),
                        job)
                .orElse(VideoRow.NONE);
    }

    /** Notes, in the commit that takes a job, what its video is made from; behind {@link #taken}. */
    JobCompanion remixOf(JobId source) {
        return new JobCompanion() {
            @Override
            public void taken(Tx tx, Job job, AdmittedMedia admitted) {
                var unused = tx.won("update openai_videos set remixed_from = ? where job = ?", source, job.id());
            }
        };
    }

    /** Deletes up to {@code max} rows of videos that were ordered before then, and says how many. */
    public int prune(Tx tx, Instant before, int max) {
        return tx.update(
                "delete from openai_videos where job in"
                        + " (select job from openai_videos where created_at < ? order by created_at limit ?)",
                before,
                max);
    }

    static @Nullable String seconds(long millis) {
        return millis <= 0
                ? null
                : BigDecimal.valueOf(millis, MILLIS).stripTrailingZeros().toPlainString();
    }

    private static @Nullable String size(AdmittedMedia admitted) {
        ObjectNode parameters = admitted.parameters();
        String name = admitted.model().input().roles().get("size");
        String size = name == null ? "" : parameters.path(name).asString("");
        return size.matches("[0-9]{2,5}x[0-9]{2,5}") ? size : null;
    }
}
