package dev.millrace.console.account;

import dev.millrace.access.Permission;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.JobFilter;
import dev.millrace.money.Money;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsageTotal;
import dev.millrace.wallet.Balance;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /console/overview}: where an organization stands. */
public final class OverviewPage {
    private static final int DAYS = 30;
    private static final int RECENT = 8;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    OverviewPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /**
     * What the page shows.
     *
     * @param requests of the last thirty days
     */
    public record Overview(
            String available,
            String held,
            String today,
            String month,
            long requests,
            Chart chart,
            List<JobLine> jobs) {}

    Response show(Request request) {
        Visitor visitor = visitors.enter(request);
        OrganizationId organization = visitor.caller().organization();
        Instant now = rooms.clock().instant();
        LocalDate today = now.atZone(ZoneOffset.UTC).toLocalDate();
        LocalDate first = today.minusDays(DAYS - 1L);
        rooms.wallet().reserves().settle(organization);
        Balance balance = rooms.database().read(tx -> rooms.wallet().balance(tx, organization));
        List<UsageTotal> days = rooms.database()
                .read(tx -> rooms.usage().totals(tx, organization, first, today.plusDays(1), UsageGroup.DAY));
        Map<LocalDate, Money> spent = new HashMap<>();
        days.forEach(day -> spent.put(LocalDate.parse(day.group()), day.charge()));
        Money month = spent.entrySet().stream()
                .filter(day -> !day.getKey().isBefore(today.withDayOfMonth(1)))
                .map(Map.Entry::getValue)
                .reduce(Money.ZERO, Money::plus);
        List<JobLine> jobs = visitor.caller().may(Permission.READ_JOBS)
                ? rooms.jobs().list(organization, JobFilter.ALL, null, RECENT).jobs().stream()
                        .map(job -> JobLine.of(job, rooms.links(), now))
                        .toList()
                : List.of();
        Overview overview = new Overview(
                Cash.round(balance.available()),
                Cash.round(balance.held()),
                Cash.round(spent.getOrDefault(today, Money.ZERO)),
                Cash.round(month),
                days.stream().mapToLong(UsageTotal::requests).sum(),
                Chart.of(first, today, spent),
                jobs);
        return pages.personal(
                request,
                200,
                new Content("account/overview.jte", "Overview", "Where it stands.", null, Map.of("page", overview)),
                Visitors.told(visitor));
    }
}
