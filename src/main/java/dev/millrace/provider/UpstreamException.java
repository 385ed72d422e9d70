package dev.millrace.provider;

import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An upstream did not do what it was asked to. The message may be shown to the customer: it never holds upstream text,
 * prompts or credentials.
 */
public final class UpstreamException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final boolean anotherMayWork;
    private final transient @Nullable Duration retryAfter;

    /** @param anotherMayWork whether the same call can succeed elsewhere or later: false for input that is at fault */
    public UpstreamException(ProblemCode code, String detail, boolean anotherMayWork, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.anotherMayWork = anotherMayWork;
        this.retryAfter = retryAfter;
    }

    public ProblemCode code() {
        return code;
    }

    public boolean anotherMayWork() {
        return anotherMayWork;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The customer-safe text. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
