package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.audit.Audit;
import dev.millrace.audit.CheckResult;
import dev.millrace.limits.CapPeriod;
import dev.millrace.money.Money;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds what is wrong with caps, grants and credit lines, and calls it by its name. */
class SpendAuditTest {
    private static final Map<String, List<String>> BREACHES = Map.of(
            "update cap_windows set spent = spent + 1", List.of("B1"),
            "update cap_windows set held = held + 1", List.of("B1"),
            "update holds set key_id = 'anotherother1' where state = 'open'", List.of("B1"),
            "update wallets set guarded = 0", List.of("B1-guard"),
            "update grants set unspent = unspent + 1", List.of("G1"),
            "update grants set held = held - 1, expired = expired + 1", List.of("G1"),
            "update grant_parts set amount = amount + 1", List.of("G1"),
            "update grants set unspent = unspent + 90000000000", List.of("G1", "G2"),
            "update wallets set credit = credit - 1", List.of("C1"));

    @TempDir
    Path folder;

    @OnBothDatabases
    void every_breach_is_found_by_name(TestDatabase db) {
        Shop shop = new Shop(db, folder).funded("10");
        db.writer().<Boolean>write(ACME.text(), tx -> {
            shop.till.wallet.setCreditLine(tx, ACME, Money.usd("5"));
            return shop.till.wallet.grant(
                    tx, ACME, "g", Money.usd("3"), tx.now().plus(Duration.ofDays(1)));
        });
        shop.cap(Shop.THE_KEY, CapPeriod.DAY, "10");
        shop.hold("a", "2");
        shop.settle("a", 1);
        shop.hold("b", "1");
        Audit audit = Audit.ofLedger(db.database());
        assertThat(audit.run(false)).allMatch(CheckResult::ok);
        BREACHES.forEach((sql, found) -> {
            TreeSet<String> broken = new TreeSet<>();
            assertThatThrownBy(() -> db.writer().<Boolean>write(ACME.text(), tx -> {
                        broken.clear();
                        assertThat(tx.update(sql)).as(sql).isPositive();
                        audit.run(tx, false).stream()
                                .filter(result -> !result.ok())
                                .forEach(result -> broken.add(result.id()));
                        throw new IllegalArgumentException("undone");
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(broken).as(sql).containsExactlyElementsOf(found);
        });
    }
}
