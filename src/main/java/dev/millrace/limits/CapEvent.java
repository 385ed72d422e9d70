package dev.millrace.limits;

import dev.millrace.money.Money;
import java.time.Instant;

/**
 * That what was charged in a window passed a part of its cap: told once for each window and part, and again when the cap was
 * raised in between.
 *
 * @param threshold the part, in percent: 50, 80 or 100
 * @param limit the cap at that moment
 * @param spent what had been charged at that moment; what is only held raises no alarm
 */
public record CapEvent(
        CapSubject subject, CapPeriod period, Instant startsAt, long threshold, Money limit, Money spent, Instant at) {}
