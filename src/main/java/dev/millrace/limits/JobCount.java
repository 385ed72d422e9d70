package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.meter.Modality;

/**
 * How many open jobs there are of one kind.
 *
 * @param waiting whether they wait because as many run as may
 */
public record JobCount(KeyId key, String model, Modality modality, boolean waiting, long jobs) {
    /** How many of them a rule counts. */
    long countedBy(Rule rule) {
        boolean kind = rule.measure() == Measure.OPEN || waiting == (rule.measure() == Measure.QUEUED);
        return kind && rule.counts(model, modality) ? jobs : 0;
    }
}
