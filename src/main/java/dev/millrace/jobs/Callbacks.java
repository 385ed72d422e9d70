package dev.millrace.jobs;

import dev.millrace.id.JobId;
import dev.millrace.jobs.CallStore.Called;
import dev.millrace.provider.Callback;
import dev.millrace.provider.CallbackVerdict;
import dev.millrace.provider.Provider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes what upstreams tell of their own accord. A callback never ends a job: it wakes whoever runs it, here or on another node, with
 * what was told and proved, and makes the upstream's id durable where that is not known. So however often and in whatever order
 * callbacks come, a job ends by one hand.
 */
public final class Callbacks {
    private final JobParts parts;
    private final JobSignals listeners;
    private final CallInbox.Open inboxes;

    Callbacks(JobParts parts, JobSignals listeners, CallInbox.Open inboxes) {
        this.parts = parts;
        this.listeners = listeners;
        this.inboxes = inboxes;
    }

    /** The address that these parts of a path are; empty when it is none of ours, whether there is such a job or not. Reads nothing. */
    public Optional<CallbackAddress> address(String provider, String job, String token) {
        return parts.router()
                .provider(provider)
                .flatMap(Provider::callbacks)
                .flatMap(adapter -> JobId.parse(job).flatMap(id -> {
                    OptionalInt submission = parts.callbacks().links().submission(provider, id, token);
                    return submission.isPresent()
                            ? Optional.of(new CallbackAddress(provider, id, submission.getAsInt(), adapter))
                            : Optional.empty();
                }));
    }

    /** The most bytes that a callback may have. */
    public int maxBytes() {
        return parts.callbacks().settings().maxBytes();
    }

    /**
     * Takes one callback; a repeat changes nothing.
     *
     * @param headers by their names in lower case
     */
    public CallbackAnswer take(CallbackAddress address, String method, Map<String, List<String>> headers, byte[] body) {
        Callback callback = new Callback(address.job(), address.submission(), method, headers, body);
        CallbackAnswer answer = switch (address.adapter()
                .read(callback, parts.clock().instant())) {
            case CallbackVerdict.Refused(CallbackVerdict.Reason reason) -> new CallbackAnswer.Refused(reason);
            case CallbackVerdict.Ask(String id) -> taken(address.job(), new CalledBack(address.submission(), id, null));
            case CallbackVerdict.Told told ->
                taken(address.job(), new CalledBack(address.submission(), told.upstreamId(), told.progress()));
        };
        parts.metrics()
                .counter("millrace.callbacks", "provider", address.provider(), "outcome", outcome(answer))
                .increment();
        return answer;
    }

    private CallbackAnswer taken(JobId job, CalledBack told) {
        Optional<Called> found = parts.database().read(tx -> CallStore.find(tx, job));
        if (found.isEmpty()) {
            return new CallbackAnswer.Unknown();
        }
        Called called = found.get();
        if (called.state().terminal() || told.submission() < called.submission()) {
            return new CallbackAnswer.Late();
        }
        if (told.submission() > called.submission()
                || (called.upstreamId() != null && !called.upstreamId().equals(told.upstreamId()))) {
            return new CallbackAnswer.Unknown();
        }
        boolean counts = called.upstreamId() != null || bound(job, called, told);
        if (counts && inboxes.put(job, told)) {
            listeners.called(job);
            return new CallbackAnswer.Taken();
        }
        return counts && leftWord(job, called, told) ? new CallbackAnswer.Taken() : new CallbackAnswer.Late();
    }

    /** Whether the job has this id now; it may have got it, or another, a moment ago. */
    private boolean bound(JobId job, Called called, CalledBack told) {
        return parts.database().writer().write(called.organization().text(), tx -> {
            if (CallStore.bind(tx, job, told.submission(), told.upstreamId())) {
                return true;
            }
            return CallStore.find(tx, job)
                    .filter(now -> told.upstreamId().equals(now.upstreamId()))
                    .isPresent();
        });
    }

    /** For another node's worker, which hears it within a second. */
    private boolean leftWord(JobId job, Called called, CalledBack told) {
        return parts.database()
                .writer()
                .write(called.organization().text(), tx -> CallStore.called(tx, job, told.submission(), parts.now()));
    }

    private static String outcome(CallbackAnswer answer) {
        return switch (answer) {
            case CallbackAnswer.Taken taken -> "taken";
            case CallbackAnswer.Late late -> "late";
            case CallbackAnswer.Unknown unknown -> "unknown";
            case CallbackAnswer.Refused(CallbackVerdict.Reason reason) ->
                reason.name().toLowerCase(Locale.ROOT);
        };
    }
}
