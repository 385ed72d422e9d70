package dev.millrace.egress;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An exchange that brought no complete answer. Its message is the kind of failure alone: a URL may hold a secret. */
public final class EgressException extends IOException {
    private static final long serialVersionUID = 1L;

    private final EgressFailure failure;

    public EgressException(EgressFailure failure, @Nullable Throwable cause) {
        super(failure.slug(), cause);
        this.failure = failure;
    }

    public EgressFailure failure() {
        return failure;
    }
}
