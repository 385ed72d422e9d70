package dev.millrace.api.millrace.account;

import dev.millrace.json.Csv;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.usage.UsageRow;
import dev.millrace.usage.UsageTotal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Usage as a table: a column for each unit, amounts in dollars as exact decimal texts. */
final class UsageTable {
    private UsageTable() {}

    static Csv ofTotals(List<UsageTotal> totals) {
        Csv csv = Csv.of(names(List.of("group", "requests", "failed"), List.of("charge_usd")));
        for (UsageTotal total : totals) {
            List<@Nullable Object> cells = new ArrayList<>(List.of(total.group(), total.requests(), total.failed()));
            cells.addAll(quantities(total.units()));
            cells.add(total.charge().toUsd());
            csv.row(cells);
        }
        return csv;
    }

    static Csv ofRows() {
        return Csv.of(names(
                List.of(
                        "id",
                        "created_at",
                        "model",
                        "type",
                        "key_id",
                        "member_id",
                        "status",
                        "error",
                        "dialect",
                        "provider"),
                List.of("units_source", "price_version", "charge_usd", "latency_ms")));
    }

    static void add(Csv csv, UsageRow row) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(row.id());
        cells.add(row.createdAt());
        cells.add(row.model());
        cells.add(row.modality().wire());
        cells.add(row.key().text());
        cells.add(row.member());
        cells.add(row.status().wire());
        cells.add(row.error());
        cells.add(row.dialect());
        cells.add(row.provider());
        cells.addAll(quantities(row.units()));
        cells.add(row.unitsSource().code());
        cells.add(row.priceVersion());
        cells.add(row.charge().toUsd());
        cells.add(row.latencyMs());
        csv.row(cells);
    }

    private static List<String> names(List<String> before, List<String> behind) {
        List<String> names = new ArrayList<>(before);
        Arrays.stream(Unit.values()).map(Unit::wire).forEach(names::add);
        names.addAll(behind);
        return names;
    }

    private static List<Long> quantities(Units units) {
        return Arrays.stream(Unit.values()).map(units::get).toList();
    }
}
