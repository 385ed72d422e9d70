package dev.millrace.usage;

import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one settled request used and cost; never what it said.
 *
 * @param id the settled hold's: {@code job:<uuid>} or {@code live:<uuid>}
 * @param priceVersion the price list by which it was charged
 * @param pricedBy the parameters that its price depended on, as a JSON object; with the version and the units they explain
 *     the charge
 * @param charge what the customer paid
 * @param upstreamCost what the upstream asked for it; zero where it does not say
 * @param latencyMs from acceptance to the end
 * @param firstByteMs from acceptance to the first byte of the answer; null where nothing streams
 */
public record UsageRow(
        String id,
        OrganizationId organization,
        KeyId key,
        String model,
        String provider,
        Modality modality,
        String dialect,
        Units units,
        UnitsSource unitsSource,
        String priceVersion,
        String pricedBy,
        Money charge,
        Money upstreamCost,
        Instant createdAt,
        long latencyMs,
        @Nullable Long firstByteMs) {}
