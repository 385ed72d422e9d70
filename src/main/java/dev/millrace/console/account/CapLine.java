package dev.millrace.console.account;

import dev.millrace.limits.CapState;
import dev.millrace.money.Money;

/**
 * A spend cap as pages show it.
 *
 * @param subject its name on the wire, for forms
 * @param who whose it is, in words
 * @param percent how much of it is spent or held, from 0 to 100
 * @param resets when it begins anew; empty for a total
 * @param tone how it is coloured: {@code bad} where nothing is left, {@code warn} from 80 percent on
 */
public record CapLine(
        String subject,
        String who,
        String period,
        String limit,
        String plain,
        String spent,
        String held,
        String left,
        long percent,
        String resets,
        String tone) {
    private static final int FULL = 100;
    private static final int NEARLY = 80;

    static CapLine of(CapState cap, String who) {
        Money used = cap.spent().plus(cap.held());
        long percent = cap.limit().isPositive()
                ? Math.clamp(used.timesRatio(FULL, cap.limit().nanos()).nanos(), 0, FULL)
                : FULL;
        return new CapLine(
                cap.subject().code(),
                who,
                cap.period().wire(),
                Cash.exact(cap.limit()),
                cap.limit().toUsd(),
                Cash.exact(cap.spent()),
                Cash.exact(cap.held()),
                Cash.exact(cap.left()),
                percent,
                cap.resets() ? Moments.of(cap.resetsAt()) : "",
                percent >= FULL ? "bad" : percent >= NEARLY ? "warn" : "ok");
    }
}
