package dev.millrace.catalog;

/**
 * One upstream that serves a model.
 *
 * @param provider the name of the adapter, as {@code sandbox}
 * @param upstreamModel the model's name at that upstream
 * @param priority 1 is tried first; higher numbers are fallbacks
 * @param weight the share of requests among deployments of one priority; zero takes it out
 */
public record Deployment(String provider, String upstreamModel, int priority, int weight) {
    /** The adapter that serves every model for which no upstream is configured. */
    public static final String SANDBOX = "sandbox";
}
