package dev.millrace.relay;

import dev.millrace.admission.AdmittedText;
import dev.millrace.limits.TokenUse;
import dev.millrace.meter.Units;
import java.util.concurrent.atomic.AtomicBoolean;

/** The tokens that were counted for a request as it was admitted, until it is known what it used: closed without, it used none. */
final class CountedTokens implements AutoCloseable {
    private final TokenUse limits;
    private final AdmittedText request;
    private final AtomicBoolean told = new AtomicBoolean();

    CountedTokens(TokenUse limits, AdmittedText request) {
        this.limits = limits;
        this.request = request;
    }

    void used(Units units) {
        used(TokenUse.tokens(units));
    }

    /** Only the first word counts. */
    void used(long tokens) {
        if (told.compareAndSet(false, true)) {
            limits.settle(
                    request.principal().organization(),
                    request.principal().key(),
                    request.model().id(),
                    request.model().modality(),
                    TokenUse.tokens(request.planned()),
                    tokens);
        }
    }

    @Override
    public void close() {
        used(0);
    }
}
