package dev.millrace.jobs;

import dev.millrace.problem.ProblemCode;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaCallbacks;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.MediaProgress;
import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call at one upstream. Whatever an adapter throws comes out as an {@link UpstreamException}, or as an interrupt. */
final class Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);

    private final MediaProvider provider;
    private final MediaCall call;
    private final boolean callsBack;

    /** @param callbacks how it calls back; null when it does not */
    Upstream(MediaProvider provider, MediaCall call, @Nullable MediaCallbacks callbacks) {
        this.provider = provider;
        this.call = call;
        this.callsBack = callbacks != null && call.callback() != null && expected(callbacks);
    }

    private boolean expected(MediaCallbacks callbacks) {
        try {
            return callbacks.expected(call);
        } catch (RuntimeException e) {
            LOG.warn("job {}: whether its upstream calls back is not known: {}", call.job(), name(e));
            return false;
        }
    }

    /** Whether a callback is to be counted on. */
    boolean callsBack() {
        return callsBack;
    }

    boolean submitIsIdempotent() {
        return provider.submitIsIdempotent();
    }

    String submit() throws InterruptedException {
        return guarded(() -> provider.submit(call));
    }

    /** The id under which the upstream has it, where it can be asked for that; never fails. */
    Optional<String> find() throws InterruptedException {
        try {
            return guarded(() -> provider.find(call));
        } catch (UpstreamException e) {
            LOG.info("job {}: its upstream was asked for it and did not say: {}", call.job(), name(e));
            return Optional.empty();
        }
    }

    MediaProgress poll(String upstreamId) throws InterruptedException {
        return guarded(() -> provider.poll(call, upstreamId));
    }

    InputStream open(String upstreamId, MediaOutput output) throws IOException {
        return provider.open(call, upstreamId, output);
    }

    /** Asks the upstream to stop; true when it did and bills nothing. Never fails: the job has ended whatever it says. */
    boolean cancel(String upstreamId) {
        try {
            return provider.cancel(call, upstreamId);
        } catch (RuntimeException e) {
            LOG.info("job {}: its upstream was asked to stop and did not: {}", call.job(), name(e));
            return false;
        }
    }

    private <R> R guarded(Supplier<R> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (UpstreamException e) {
            interrupted();
            throw e;
        } catch (RuntimeException e) {
            interrupted();
            // The message may quote anything, so the kind alone is told.
            LOG.error("job {}: the adapter failed with {}", call.job(), name(e));
            throw new UpstreamException(ProblemCode.INTERNAL, "The upstream could not be used.", true, null);
        }
    }

    private static void interrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static String name(RuntimeException e) {
        return e instanceof UpstreamException upstream
                ? upstream.code().slug()
                : e.getClass().getName();
    }
}
