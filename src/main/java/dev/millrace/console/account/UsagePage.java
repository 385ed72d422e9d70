package dev.millrace.console.account;

import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsageTotal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code GET /console/usage}: what was used and what it cost, by day, model or key; the same as CSV. */
public final class UsagePage {
    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    UsagePage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** The sum of one day, model or key. */
    public record Line(String group, String name, long requests, String units, String charge) {}

    /** What was asked for. */
    private record Asked(UsageGroup by, int days, LocalDate first, LocalDate last) {}

    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        Asked asked = asked(request);
        List<UsageTotal> totals = totals(visitor, asked);
        Money charge = totals.stream().map(UsageTotal::charge).reduce(Money.ZERO, Money::plus);
        return pages.personal(
                request,
                200,
                new Content(
                        "account/usage.jte",
                        "Usage",
                        "What was used and what it cost.",
                        null,
                        Map.of(
                                "by", asked.by().name().toLowerCase(Locale.ROOT),
                                "days", asked.days(),
                                "lines", lines(visitor, asked, totals),
                                "charge", Cash.exact(charge),
                                "requests",
                                        totals.stream()
                                                .mapToLong(UsageTotal::requests)
                                                .sum())),
                Visitors.told(visitor));
    }

    /** {@code GET /console/usage/csv}. */
    Response csv(Request request) {
        Visitor visitor = visitors.enter(request);
        Asked asked = asked(request);
        String by = asked.by().name().toLowerCase(Locale.ROOT);
        StringBuilder csv = new StringBuilder(by).append(",requests,charge_usd\r\n");
        totals(visitor, asked)
                .forEach(total -> csv.append(total.group())
                        .append(',')
                        .append(total.requests())
                        .append(',')
                        .append(total.charge().toUsd())
                        .append("\r\n"));
        return Response.bytes(200, "text/csv; charset=utf-8", csv.toString().getBytes(StandardCharsets.UTF_8))
                .header("Content-Disposition", "attachment; filename=\"usage-by-" + by + ".csv\"")
                .header("Cache-Control", "no-store");
    }

    /** As {@code 3 images, 1,200 input tokens, 8.5 audio seconds}; requests have a column of their own. */
    private static String units(Units units) {
        return Arrays.stream(Unit.values())
                .filter(unit -> unit != Unit.REQUEST && units.get(unit) > 0)
                .map(unit -> {
                    BigDecimal count = BigDecimal.valueOf(units.get(unit))
                            .divide(BigDecimal.valueOf(unit.countedPerPriced()))
                            .stripTrailingZeros();
                    String number =
                            new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(count);
                    return number + " " + unit.wire().replace('_', ' ') + (number.equals("1") ? "" : "s");
                })
                .collect(Collectors.joining(", "));
    }

    private Asked asked(Request request) {
        UsageGroup by = request.query("by").flatMap(UsageGroup::parse).orElse(UsageGroup.DAY);
        String given = request.query("days").orElse("30");
        int days = given.matches("7|30|90") ? Integer.parseInt(given) : 30;
        LocalDate today = rooms.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        return new Asked(by, days, today.minusDays(days - 1L), today);
    }

    private List<UsageTotal> totals(Visitor visitor, Asked asked) {
        OrganizationId organization = visitor.caller().organization();
        return rooms.database()
                .read(tx -> rooms.usage()
                        .totals(tx, organization, asked.first(), asked.last().plusDays(1), asked.by()));
    }

    private List<Line> lines(Visitor visitor, Asked asked, List<UsageTotal> totals) {
        Map<String, String> names = new HashMap<>();
        if (asked.by() == UsageGroup.KEY) {
            rooms.database()
                    .read(tx ->
                            rooms.keyring().access().list(tx, visitor.caller().organization()))
                    .forEach(key -> names.put(key.id().text(), key.name()));
        }
        List<Line> lines = new ArrayList<>();
        totals.forEach(total -> lines.add(new Line(
                total.group(),
                names.getOrDefault(total.group(), ""),
                total.requests(),
                units(total.units()),
                Cash.exact(total.charge()))));
        return lines;
    }
}
