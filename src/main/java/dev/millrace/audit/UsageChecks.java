package dev.millrace.audit;

import dev.millrace.meter.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The invariants between the ledger and the record of what was used. */
final class UsageChecks {
    static final String M8 =
            "Every settlement has exactly one usage row, with the same charge and the price list of its hold.";

    private UsageChecks() {}

    static List<Check> all() {
        return List.of(m8(), unpaid(), days(), hours());
    }

    private static Check m8() {
        return new SqlCheck("M8", M8, "select count(*) from usage_rows", m8Of("""
                select id from holds where state = 'settled' union select id from usage_rows where charge > 0"""));
    }

    /** Which of some settlements and usage rows break M8. */
    static String m8Of(String ids) {
        return """
                select o.id || ': charge ' || coalesce(h.charge, 0) || ', usage row '
                    || coalesce(u.charge, 0) as what
                from ({ids}) o
                left join holds h on h.id = o.id and h.state = 'settled'
                left join usage_rows u on u.id = o.id
                where h.id is null or u.id is null or h.charge <> u.charge or h.organization <> u.organization
                    or h.terms <> u.model || '@' || u.price_version""".replace("{ids}", ids);
    }

    private static Check unpaid() {
        return new SqlCheck(
                "U2",
                "Every hold that was given back has at most its row in the record of use, without a charge.",
                "select count(*) from usage_rows where charge = 0",
                """
                select u.id || ': ' || u.status || ', hold ' || coalesce(h.state, 'none') as what
                from usage_rows u left join holds h on h.id = u.id
                where u.charge = 0 and coalesce(h.state, 'none') not in ('released', 'settled')""");
    }

    private static Check hours() {
        return new SqlCheck(
                "U3",
                "The sums of the hours of an organization's day equal those of its day.",
                "select count(*) from usage_hours",
                """
                select o.organization || ' day ' || o.day || ': ' || coalesce(d.requests, 0) || ' requests, hours '
                    || coalesce(h.requests, 0) as what
                from (select organization, day from usage_days union select organization, hour / 24 from usage_hours) o
                left join (select organization, day, sum(requests) as requests, sum(failed) as failed,
                    sum(charge) as charge from usage_days group by 1, 2) d
                    on d.organization = o.organization and d.day = o.day
                left join (select organization, hour / 24 as day, sum(requests) as requests, sum(failed) as failed,
                    sum(charge) as charge from usage_hours group by 1, 2) h
                    on h.organization = o.organization and h.day = o.day
                where coalesce(d.requests, 0) <> coalesce(h.requests, 0) or coalesce(d.failed, 0) <> coalesce(h.failed, 0)
                    or coalesce(d.charge, 0) <> coalesce(h.charge, 0)""");
    }

    private static Check days() {
        String sums = joined(name -> "sum(" + name + ") as " + name);
        String differ = Arrays.stream(Unit.values())
                .map(unit -> "coalesce(d." + unit.wire() + ", 0) <> coalesce(r." + unit.wire() + ", 0)")
                .collect(Collectors.joining(" or "));
        String ofRows = "organization, created_at / 86400000000 as day, key_id, model, coalesce(member, '') as member,"
                + " provider";
        String rows = "select " + ofRows + ", count(*) as requests, sum(case status when 'completed' then 0 else 1 end)"
                + " as failed, sum(charge) as charge, sum(upstream_cost) as upstream_cost, " + sums
                + " from usage_rows group by 1, 2, 3, 4, 5, 6";
        String same = Stream.of("organization", "day", "key_id", "model", "member", "provider")
                .map(column -> "%s." + column + " = o." + column)
                .collect(Collectors.joining(" and "));
        return new SqlCheck(
                "U1",
                "The sums of every day equal the usage rows of that day.",
                "select count(*) from usage_days",
                "select o.organization || ' day ' || o.day || ' ' || o.model || ': ' || coalesce(d.requests, 0)"
                        + " || ' requests, rows ' || coalesce(r.requests, 0) as what"
                        + " from (select organization, day, key_id, model, member, provider from usage_days"
                        + " union select " + ofRows + " from usage_rows) o"
                        + " left join usage_days d on " + same.replace("%s", "d")
                        + " left join (" + rows + ") r on " + same.replace("%s", "r")
                        + " where coalesce(d.requests, 0) <> coalesce(r.requests, 0)"
                        + " or coalesce(d.failed, 0) <> coalesce(r.failed, 0)"
                        + " or coalesce(d.charge, 0) <> coalesce(r.charge, 0)"
                        + " or coalesce(d.upstream_cost, 0) <> coalesce(r.upstream_cost, 0) or " + differ);
    }

    private static String joined(UnaryOperator<String> text) {
        return Arrays.stream(Unit.values()).map(Unit::wire).map(text).collect(Collectors.joining(", "));
    }
}
