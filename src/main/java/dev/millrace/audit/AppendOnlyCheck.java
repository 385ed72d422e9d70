package dev.millrace.audit;

import dev.millrace.db.Tx;
import java.util.List;

/** M9: the database has what makes it refuse to change or delete a transfer. */
final class AppendOnlyCheck implements Check {
    private static final List<String> TRIGGERS = List.of("transfers_are_never_changed", "transfers_are_never_deleted");

    @Override
    public String id() {
        return "M9";
    }

    @Override
    public String sentence() {
        return "The database refuses to change or delete a transfer.";
    }

    @Override
    public CheckResult run(Tx tx) {
        String sql = switch (tx.dialect()) {
            case SQLITE -> "select count(*) from sqlite_master where type = 'trigger' and name = ?";
            case POSTGRESQL ->
                "select count(*) from pg_trigger where tgrelid = 'transfers'::regclass and tgenabled in ('O', 'A')"
                        + " and tgname = ?";
        };
        List<String> missing = TRIGGERS.stream()
                .filter(name -> tx.count(sql, name) == 0)
                .map(name -> "the trigger " + name + " is missing or disabled")
                .toList();
        return new CheckResult(id(), sentence(), TRIGGERS.size(), missing.size(), missing);
    }
}
