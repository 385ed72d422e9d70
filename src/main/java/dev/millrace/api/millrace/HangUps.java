package dev.millrace.api.millrace;

import dev.millrace.relay.HangUp;
import dev.millrace.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads what a live request says should happen when its client hangs up. */
final class HangUps {
    private HangUps() {}

    /**
     * The policy in the header; null when there is none, and what is set holds.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the header
     */
    static @Nullable HangUp of(Request request) {
        return request.header(HangUp.HEADER)
                .map(text -> HangUp.parse(text)
                        .orElseThrow(() -> Fields.wrong(HangUp.HEADER, "enum", "must be " + HangUp.FORMS + ".")))
                .orElse(null);
    }
}
