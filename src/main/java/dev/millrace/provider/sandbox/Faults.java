package dev.millrace.provider.sandbox;

import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.UpstreamException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The failures that the sandbox has on request, as an upstream's adapter tells them. */
final class Faults {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Faults() {}

    /** The call's instructions; what is wrong with them is the caller's fault, so no other upstream is to be tried. */
    static Instructions instructions(ObjectNode parameters) {
        try {
            return Instructions.of(parameters);
        } catch (ProblemException wrong) {
            throw new UpstreamException(wrong.problem().code(), wrong.problem().detail(), false, null);
        }
    }

    static UpstreamException failure(ProblemCode code) {
        boolean callersFault = code == ProblemCode.INVALID_PARAMETER || code == ProblemCode.CONTENT_REJECTED;
        @Nullable Duration wait = code == ProblemCode.RATE_LIMITED ? RETRY_AFTER : null;
        return new UpstreamException(code, detail(code), !callersFault, wait);
    }

    static String detail(ProblemCode code) {
        return "The sandbox was told to fail with " + code.slug() + ".";
    }
}
