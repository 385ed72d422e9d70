package dev.millrace.testkit;

import dev.millrace.audit.Audit;
import dev.millrace.audit.CheckResult;
import dev.millrace.billing.PriceBook;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Runs every invariant of money and jobs after a test, and fails with what is broken. The audit's queries are one opinion;
 * the other is a replay of the ledger in memory, entry by entry, that shares nothing with them.
 */
public final class MoneyChecker {
    private MoneyChecker() {}

    /** Everything, including what holds only while no request is being worked on. */
    public static void atRest(Database database) {
        check(Audit.of(database), database, true);
    }

    /** Everything that holds at any moment. */
    public static void underLoad(Database database) {
        check(Audit.of(database), database, false);
    }

    /** What holds at any moment in the ledger alone, for tests of the wallet without the rooms above it. */
    public static void ledger(Database database) {
        check(Audit.ofLedger(database), database, false);
    }

    /** The ledger, and every charge against its usage row, its price list and the sums of use; for tests without jobs. */
    public static void charges(Database database, PriceBook prices) {
        ledger(database);
        Set<String> ids = Set.of("M8", "M8-price", "U1", "U2", "U3");
        List<CheckResult> broken = database.read(tx -> Audit.of(database, prices).checks(false).stream()
                .filter(check -> ids.contains(check.id()))
                .map(check -> check.run(tx))
                .filter(result -> !result.ok())
                .toList());
        if (!broken.isEmpty()) {
            throw new AssertionError("broken invariants: " + broken);
        }
    }

    private static void check(Audit audit, Database database, boolean atRest) {
        List<String> broken = new ArrayList<>();
        database.<Boolean>read(tx -> {
            for (CheckResult result : audit.run(tx, atRest)) {
                if (!result.ok()) {
                    broken.add(result.toString());
                }
            }
            return broken.addAll(replay(tx));
        });
        if (!broken.isEmpty()) {
            throw new AssertionError("broken invariants:\n" + String.join("\n", broken));
        }
    }

    private static List<String> replay(Tx tx) {
        Map<String, Long> accounts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        tx.list("select debit, credit, amount from transfers", row -> {
            accounts.merge(row.text("debit"), -row.number("amount"), Math::addExact);
            return accounts.merge(row.text("credit"), row.number("amount"), Math::addExact);
        });
        long sum = accounts.values().stream().mapToLong(Long::longValue).sum();
        if (sum != 0) {
            wrong.add("replay: all accounts sum to " + sum);
        }
        tx.list("select organization, available, held from wallets", row -> {
            String organization = "org:" + row.text("organization");
            same(wrong, accounts, organization + ":available", row.number("available"));
            same(wrong, accounts, organization + ":held", row.number("held"));
            return organization;
        });
        accounts.forEach((account, balance) -> {
            if (balance != 0 && account.startsWith("org:")) {
                wrong.add("replay: " + account + " has " + balance + " and no wallet");
            }
        });
        return wrong;
    }

    private static void same(List<String> wrong, Map<String, Long> accounts, String account, long stored) {
        Long replayed = accounts.remove(account);
        if (stored != (replayed == null ? 0 : replayed)) {
            wrong.add("replay: " + account + " stores " + stored + ", its entries make " + replayed);
        }
    }
}
