package dev.millrace.audit;

import dev.millrace.meter.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The invariants between the ledger and the record of what was used. */
final class UsageChecks {
    private UsageChecks() {}

    static List<Check> all() {
        return List.of(m8(), days());
    }

    private static Check m8() {
        return new SqlCheck(
                "M8",
                "Every settlement has exactly one usage row, with the same charge and the price list of its hold.",
                "select count(*) from usage_rows",
                """
                select coalesce(h.id, u.id) || ': charge ' || coalesce(h.charge, 0) || ', usage row '
                    || coalesce(u.charge, 0) as what
                from (select id from holds where state = 'settled' union select id from usage_rows) o
                left join holds h on h.id = o.id and h.state = 'settled'
                left join usage_rows u on u.id = o.id
                where h.id is null or u.id is null or h.charge <> u.charge or h.organization <> u.organization
                    or h.terms <> u.model || '@' || u.price_version""");
    }

    private static Check days() {
        String sums = joined(name -> "sum(" + name + ") as " + name);
        String differ = Arrays.stream(Unit.values())
                .map(unit -> "coalesce(d." + unit.wire() + ", 0) <> coalesce(r." + unit.wire() + ", 0)")
                .collect(Collectors.joining(" or "));
        String rows = "select organization, created_at / 86400000000 as day, key_id, model, count(*) as requests,"
                + " sum(charge) as charge, sum(upstream_cost) as upstream_cost, " + sums
                + " from usage_rows group by 1, 2, 3, 4";
        String same =
                "%s.organization = o.organization and %s.day = o.day and %s.key_id = o.key_id and %s.model = o.model";
        return new SqlCheck(
                "U1",
                "The sums of every day equal the usage rows of that day.",
                "select count(*) from usage_days",
                "select o.organization || ' day ' || o.day || ' ' || o.model || ': ' || coalesce(d.requests, 0)"
                        + " || ' requests, rows ' || coalesce(r.requests, 0) as what"
                        + " from (select organization, day, key_id, model from usage_days"
                        + " union select organization, created_at / 86400000000, key_id, model from usage_rows) o"
                        + " left join usage_days d on " + same.replace("%s", "d")
                        + " left join (" + rows + ") r on " + same.replace("%s", "r")
                        + " where coalesce(d.requests, 0) <> coalesce(r.requests, 0)"
                        + " or coalesce(d.charge, 0) <> coalesce(r.charge, 0)"
                        + " or coalesce(d.upstream_cost, 0) <> coalesce(r.upstream_cost, 0) or " + differ);
    }

    private static String joined(UnaryOperator<String> text) {
        return Arrays.stream(Unit.values()).map(Unit::wire).map(text).collect(Collectors.joining(", "));
    }
}
