package dev.millrace.billing;

import dev.millrace.meter.Modality;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.usage.UsageStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended that is charged nothing: what its usage row says.
 *
 * @param provider the upstream that was tried last; empty when none was
 * @param dialect the dialect that took it; empty when that is not known any more
 * @param error why there is no result, as a problem's code, or that of a rule of moderation; null for an answer that was
 *     whole and empty
 * @param lost what upstreams asked for it all the same; the platform bears it
 * @param latencyMs from acceptance to the end
 */
public record Unpaid(
        String provider,
        Modality modality,
        String dialect,
        UsageStatus status,
        @Nullable String error,
        Money lost,
        long latencyMs) {
    /** A language request whose node is gone: all that is known of it is its hold. */
    public static Unpaid abandoned() {
        return new Unpaid("", Modality.LANGUAGE, "", UsageStatus.FAILED, ProblemCode.INTERNAL.slug(), Money.ZERO, 0);
    }
}
