package dev.millrace.limits;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;

/** Is told how many tokens a request used for which the most that it might use was counted as it was admitted. */
@FunctionalInterface
public interface TokenUse {
    /** Where nothing is counted. */
    TokenUse NONE = (organization, key, model, modality, counted, used) -> {};

    /** Puts what was used in the place of what was counted; never fails. */
    void settle(OrganizationId organization, KeyId key, String model, Modality modality, long counted, long used);

    /** The tokens among units, in and out. */
    static long tokens(Units units) {
        return units.get(Unit.INPUT_TOKEN)
                + units.get(Unit.CACHED_INPUT_TOKEN)
                + units.get(Unit.OUTPUT_TOKEN)
                + units.get(Unit.REASONING_TOKEN);
    }
}
