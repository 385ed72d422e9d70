package dev.millrace.api.openai;

import java.time.Duration;

/**
 * How the OpenAI dialect answers.
 *
 * @param patience how long a request that answers at once waits for its job; past it the client is told the job's id
 * @param maxImageBytes the most bytes of one picture that is handed in
 * @param maxAudioBytes the most bytes of one recording that is handed in
 * @param maxVideoBytes the most bytes of one video that is handed in
 */
public record OpenAiSettings(Duration patience, long maxImageBytes, long maxAudioBytes, long maxVideoBytes) {
    public static final OpenAiSettings DEFAULTS =
            new OpenAiSettings(Duration.ofMinutes(5), 30L << 20, 25L << 20, 100L << 20);
}
