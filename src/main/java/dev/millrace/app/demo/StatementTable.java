package dev.millrace.app.demo;

import dev.millrace.money.Money;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Shows a statement as a table; all amounts with the decimals that the finest of them needs. */
final class StatementTable {
    private static final String ROW = "  %-6s  %-14s  %12s  %12s  %12s";
    private static final String RULE = "  " + "─".repeat(64);

    private final Screen screen;
    private final Statement statement;
    private final int decimals;

    StatementTable(Screen screen, Statement statement) {
        this.screen = screen;
        this.statement = statement;
        this.decimals = Stream.concat(
                        Stream.of(statement.before(), statement.after()),
                        statement.lines().stream()
                                .flatMap(line -> Stream.of(line.held(), line.charged(), line.released())))
                .mapToInt(StatementTable::decimals)
                .max()
                .orElse(2);
    }

    void show() {
        screen.line("  " + screen.bold("Statement") + screen.dim("  (USD, test money)"));
        screen.line("");
        screen.line(screen.dim(row("", "model", "held", "charged", "released")));
        screen.line(screen.dim(RULE));
        for (Statement.Line line : statement.lines()) {
            screen.line(row(
                    line.made().piece().name(),
                    line.made().piece().model(),
                    text(line.held()),
                    text(line.charged()),
                    text(line.released())));
        }
        screen.line(screen.dim(RULE));
        screen.line(row(
                "total",
                "",
                text(statement.sum(Statement.Line::held)),
                text(statement.sum(Statement.Line::charged)),
                text(statement.sum(Statement.Line::released))));
        screen.line("");
        screen.line("  balance before " + pad(statement.before()));
        screen.line("  charged        " + pad(statement.sum(Statement.Line::charged)));
        screen.line("  balance after  " + pad(statement.after()) + "   "
                + (statement.addsUp() ? screen.green("✓ adds up to the cent") : "✗ DOES NOT ADD UP"));
    }

    /** The files, with where they are. */
    void files(List<Made> all) {
        screen.line("");
        all.forEach(made -> screen.line("  " + made.file()));
        screen.line("");
    }

    private static String row(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }

    private String text(Money amount) {
        return amount.toUsd(decimals);
    }

    private String pad(Money amount) {
        return String.format(Locale.ROOT, "%14s", text(amount));
    }

    private static int decimals(Money amount) {
        String text = amount.toUsd();
        return text.length() - text.indexOf('.') - 1;
    }
}
