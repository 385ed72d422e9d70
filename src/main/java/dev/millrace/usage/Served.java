package dev.millrace.usage;

import org.jspecify.annotations.Nullable;

/**
 * The call of an upstream that served a request.
 *
 * @param upstreamModel what the upstream calls the model
 * @param millis from the beginning of that call to its end; of a job, from the time that it began to run
 * @param request the upstream's own id of it; null where it told none
 */
public record Served(
        String upstreamModel, long millis, @Nullable String request) {
    /** The same, where the upstream named no id of it. */
    public Served(String upstreamModel, long millis) {
        this(upstreamModel, millis, null);
    }
}
