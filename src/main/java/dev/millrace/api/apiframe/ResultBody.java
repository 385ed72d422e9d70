package dev.millrace.api.apiframe;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a completed job (contract section 2), in the shape of what was made. */
sealed interface ResultBody {
    /** Images; Midjourney's also have a grid of all. */
    record ImagesBody(
            List<String> images,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String gridUrl) implements ResultBody {}

    /** One video. */
    record VideoBody(String videoUrl) implements ResultBody {}

    /** Several videos of one run. */
    record VideosBody(List<String> videos) implements ResultBody {}

    /** Music. */
    record TracksBody(List<TrackBody> tracks) implements ResultBody {}

    /**
     * One piece of music.
     *
     * @param duration in seconds
     */
    record TrackBody(
            String id,
            String audioUrl,
            @Nullable String imageUrl,
            @Nullable String title,
            @Nullable String tags,
            @Nullable BigDecimal duration) {}
}
