package dev.millrace.relay;

import dev.millrace.access.Principal;
import dev.millrace.admission.AdmittedText;
import dev.millrace.id.RequestId;
import dev.millrace.limits.LivePermits.Permit;
import dev.millrace.routing.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs live requests: holds what one may cost, streams the answer of the first upstream that gives one, and charges what was
 * produced.
 *
 * <p>When the client is gone the upstream is stopped, or read on ({@link HangUp}), and what was produced is charged; nothing
 * produced, nothing charged.
 */
public final class Relay implements AutoCloseable {
    private final RelayParts parts;
    private final LiveHolds holds;

    public Relay(RelayParts parts) {
        this.parts = parts;
        this.holds = new LiveHolds(parts);
    }

    /** Begins to release the holds of live requests whose node died, and to keep those of this node. */
    public void start() {
        holds.start();
    }

    /**
     * Refuses a repeat of a request that runs, or that was answered: answers are content and are not kept. What was refused, or
     * failed without a charge, may be sent again under its key, and so may what was running on a node that died.
     *
     * @throws dev.millrace.problem.ProblemException {@code IDEMPOTENCY_IN_USE}, {@code ALREADY_ANSWERED} or {@code IDEMPOTENCY_MISMATCH}
     */
    public void refuseRepeat(LiveKey key) {
        holds.refuseRepeat(key);
    }

    /** The hold of a key over all tries of one request; to be closed behind the last of them. Takes nothing yet. */
    public KeyHold keyHold(LiveKey key) {
        return new KeyHold(holds, key, true);
    }

    /**
     * Holds what the request may cost. Whoever calls this must then {@link Started#run} it, or close it.
     *
     * @param key null when the client sent none; taken in the transaction of the hold, or handed on to this try, done with the charge
     * @param hangUp what happens when the client hangs up; null for what is set
     * @throws dev.millrace.problem.ProblemException {@code NO_CAPACITY}, {@code CONCURRENCY_REACHED}, {@code INSUFFICIENT_FUNDS},
     *     {@code QUOTE_NOT_USABLE}, or as {@link #refuseRepeat}; no upstream was called and nothing is held
     */
    public Started start(AdmittedText request, @Nullable KeyHold key, @Nullable HangUp hangUp) {
        CountedTokens tokens = new CountedTokens(parts.tokens(), request);
        try {
            return start(request, tokens, key, hangUp);
        } catch (RuntimeException notStarted) {
            tokens.used(0);
            throw notStarted;
        }
    }

    private Started start(AdmittedText request, CountedTokens tokens, @Nullable KeyHold key, @Nullable HangUp hangUp) {
        List<Route> routes = parts.router().plan(request.model(), request.principal());
        Principal who = request.principal();
        Permit permit = parts.permits()
                .take(
                        who.organization(),
                        who.key(),
                        request.model().id(),
                        request.model().modality());
        RequestId id = parts.ids().request();
        try {
            holds.take(id, request, key);
            return new Started(
                    parts,
                    holds,
                    request,
                    routes,
                    id,
                    permit,
                    tokens,
                    hangUp == null ? parts.settings().policy() : hangUp);
        } catch (RuntimeException notHeld) {
            permit.close();
            throw notHeld;
        }
    }

    /** The same for a request with one try, with the hang-up policy that is set. */
    public Started start(AdmittedText request, @Nullable LiveKey key) {
        return start(request, key == null ? null : new KeyHold(holds, key, false), null);
    }

    /** The same, without a key. */
    public Started start(AdmittedText request) {
        return start(request, null, null);
    }

    /** Holds and runs: {@link #start(AdmittedText)}, then {@link Started#run}. */
    public RelayOutcome run(AdmittedText request, RelaySink sink) {
        return start(request).run(sink);
    }

    @Override
    public void close() {
        holds.close();
    }
}
