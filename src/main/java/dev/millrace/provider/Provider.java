package dev.millrace.provider;

import java.util.Optional;

/** One upstream that Millrace can call, with the capabilities that it has; an adapter implements it. */
public interface Provider {
    /** The name in the catalogue's deployments, lower-case, as {@code sandbox}. */
    String name();

    /** How to run language requests on it, when it can. */
    Optional<TextProvider> text();

    /** How to run image, video and music jobs on it, when it can. */
    Optional<MediaProvider> media();

    /** How to understand it when it calls back about such a job, where it does. */
    default Optional<MediaCallbacks> callbacks() {
        return Optional.empty();
    }
}
