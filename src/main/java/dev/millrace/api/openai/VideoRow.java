package dev.millrace.api.openai;

import dev.millrace.id.JobId;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a video beside its job: how it was ordered, never what it shows.
 *
 * @param seconds how long it was to be; null where its model does not count seconds
 * @param size how large it was to be, as {@code 1280x720}; null where that was left to the model
 * @param remixedFrom the video that it was made from
 */
record VideoRow(
        @Nullable String seconds,
        @Nullable String size,
        @Nullable JobId remixedFrom) {
    static final VideoRow NONE = new VideoRow(null, null, null);
}
