package dev.millrace.provider;

import dev.millrace.id.JobId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request that came in at the address of one submission of a job.
 *
 * @param attempt which submission's address it is, from 1
 * @param headers by their names in lower case
 * @param body the bytes as they came
 */
public record Callback(JobId job, int attempt, String method, Map<String, List<String>> headers, byte[] body) {
    public Callback {
        headers = Map.copyOf(headers);
    }

    /** The one value of a header, whatever the case of its name; empty also when it came several times. */
    public Optional<String> header(String name) {
        List<String> values = headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
        return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
