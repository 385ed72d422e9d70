package dev.millrace.console.account;

import dev.millrace.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A column for each day, drawn by the server.
 *
 * @param most what the highest one stands for
 */
public record Chart(List<Column> columns, String most, String first, String last) {
    private static final int HEIGHT = 100;
    private static final int STEP = 10;
    private static final int LEAST = 2;

    /** One day. */
    public record Column(int x, int y, int height, String label) {}

    static Chart of(LocalDate first, LocalDate last, Map<LocalDate, Money> spent) {
        Money most = spent.values().stream().max(Money::compareTo).orElse(Money.ZERO);
        List<Column> columns = new ArrayList<>();
        int x = 0;
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            Money amount = spent.getOrDefault(day, Money.ZERO);
            int height = amount.isPositive()
                    ? Math.max(
                            LEAST, (int) amount.timesRatio(HEIGHT, most.nanos()).nanos())
                    : 0;
            columns.add(new Column(x, HEIGHT - height, height, day + ": " + Cash.exact(amount)));
            x += STEP;
        }
        return new Chart(List.copyOf(columns), Cash.round(most), first.toString(), last.toString());
    }
}
