package dev.millrace.usage;

import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one request that had a hold used and cost, and how it ended; never what it said.
 *
 * @param id the hold's: {@code job:<uuid>} or {@code live:<uuid>}
 * @param member whose key it was; null for a key that belongs to no member
 * @param provider the upstream that served it, or the last one that was tried; empty when none was
 * @param error why there is no result, as a problem's code; null when it completed
 * @param priceVersion the price list by which it was charged
 * @param pricedBy the parameters that its price depended on, as a JSON object; with the version and the units they explain
 *     the charge
 * @param charge what the customer paid
 * @param upstreamCost what the upstream asked for it; zero where it does not say
 * @param latencyMs from acceptance to the end
 * @param firstByteMs from acceptance to the first byte of the answer; null where nothing streams
 * @param served by which deployment; null where none served it, or that was not noted
 */
public record UsageRow(
        String id,
        OrganizationId organization,
        KeyId key,
        @Nullable MemberId member,
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
        UsageStatus status,
        @Nullable String error,
        Instant createdAt,
        long latencyMs,
        @Nullable Long firstByteMs,
        @Nullable Served served) {
    /** A row that does not say which deployment served it. */
    public UsageRow(
            String id,
            OrganizationId organization,
            KeyId key,
            @Nullable MemberId member,
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
            UsageStatus status,
            @Nullable String error,
            Instant createdAt,
            long latencyMs,
            @Nullable Long firstByteMs) {
        this(
                id,
                organization,
                key,
                member,
                model,
                provider,
                modality,
                dialect,
                units,
                unitsSource,
                priceVersion,
                pricedBy,
                charge,
                upstreamCost,
                status,
                error,
                createdAt,
                latencyMs,
                firstByteMs,
                null);
    }
}
