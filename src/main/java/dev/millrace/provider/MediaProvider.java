package dev.millrace.provider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Runs image, video and music jobs on an upstream. Stateless: all that it needs to go on after a crash is the call and the
 * upstream id. Every method may throw {@link UpstreamException}.
 */
public interface MediaProvider {
    /**
     * Whether submitting the same call twice makes one upstream job only. Where it does not, a crash between submitting and
     * storing the upstream id ends the job as {@code upstream_unknown}.
     */
    boolean submitIsIdempotent();

    /** Hands the call to the upstream and returns the upstream's id of it, at most 1,000 characters. */
    String submit(MediaCall call);

    /**
     * The upstream's id of a call that may have been submitted, found by its correlation id; empty when the upstream has none, or
     * can not be asked so. Asked where a crash left it open.
     */
    default Optional<String> find(MediaCall call) {
        return Optional.empty();
    }

    /** How the upstream is getting on with it. */
    MediaProgress poll(MediaCall call, String upstreamId);

    /** Opens one output of a finished call; the caller closes it and caps its size. */
    InputStream open(MediaCall call, String upstreamId, MediaOutput output) throws IOException;

    /** Asks the upstream to stop; true when it says that it did and bills nothing. */
    boolean cancel(MediaCall call, String upstreamId);
}
