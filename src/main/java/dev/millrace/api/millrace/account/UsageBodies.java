package dev.millrace.api.millrace.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageTotal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Usage on the wire. */
final class UsageBodies {
    private UsageBodies() {}

    /** What one settled request used and cost. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RowBody(
            String object,
            String id,
            String created_at,
            String model,
            String type,
            String key_id,
            @Nullable String member_id,
            String status,
            @Nullable String error,
            String dialect,
            String provider,
            Map<String, Long> units,
            String units_source,
            String price_version,
            String charge_usd,
            long latency_ms,
            @Nullable Long first_byte_ms) {
        static RowBody of(UsageRow row) {
            return new RowBody(
                    "usage",
                    row.id(),
                    row.createdAt().toString(),
                    row.model(),
                    row.modality().wire(),
                    row.key().text(),
                    row.member() == null ? null : row.member().text(),
                    row.status().wire(),
                    row.error(),
                    row.dialect(),
                    row.provider(),
                    row.units().byWireName(),
                    row.unitsSource().code(),
                    row.priceVersion(),
                    row.charge().toUsd(),
                    row.latencyMs(),
                    row.firstByteMs());
        }
    }

    /** The sum of one day, hour, model, key, member or upstream. */
    record TotalBody(
            String object, String group, long requests, long failed, Map<String, Long> units, String charge_usd) {
        static TotalBody of(UsageTotal total) {
            return new TotalBody(
                    "usage.total",
                    total.group(),
                    total.requests(),
                    total.failed(),
                    total.units().byWireName(),
                    total.charge().toUsd());
        }
    }
}
