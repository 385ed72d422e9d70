package dev.millrace.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.SqlDialect;
import dev.millrace.db.Tx;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private static final Path PAGE = Path.of("docs/privacy.md");
    private static final String BEGIN = "<!-- inventory: begin -->";
    private static final String END = "<!-- inventory: end -->";

    @OnBothDatabases
    void every_table_and_every_column_of_the_database_is_in_the_inventory(TestDatabase test) {
        Map<String, List<String>> inventory = new TreeMap<>();
        Inventory.ALL.forEach(entry -> inventory.put(
                entry.table(),
                entry.columns().stream().map(Column::name).sorted().toList()));
        assertThat(inventory).hasSameSizeAs(Inventory.ALL);
        assertThat(test.database().read(InventoryTest::schema))
                .as("say in dev.millrace.privacy what a new table or column holds, who takes it home and who loses it")
                .isEqualTo(inventory);
    }

    @OnBothDatabases
    void every_rule_can_be_asked_and_finds_nothing_of_nobody(TestDatabase test) {
        RowStore store = new RowStore();
        for (Entry entry : Inventory.ALL) {
            for (String kind : List.of("organization", "person")) {
                Subject nobody = Subject.parse(kind + ":01890000-0000-7000-8000-000000000000")
                        .orElseThrow();
                Finding finding = Finding.of(nobody, "nobody@example.org");
                entry.of(nobody).ifPresent(rule -> {
                    int erased =
                            test.writer().<Integer>write("erase", tx -> store.erase(tx, entry, rule, finding, 100));
                    assertThat(erased).as(entry.table()).isZero();
                    List<String> shown = new ArrayList<>();
                    test.database().<Boolean>read(tx -> {
                        store.each(tx, entry, rule, finding, row -> shown.add(row.toString()));
                        return true;
                    });
                    assertThat(shown).as(entry.table()).isEmpty();
                });
            }
        }
    }

    @Test
    void whatever_is_personal_is_erased_or_the_reason_is_stated() {
        for (Entry entry : Inventory.ALL) {
            assertThat(entry.nobodys().isEmpty())
                    .as(entry.table() + " is somebody's or nobody's")
                    .isEqualTo(entry.organization() != null || entry.person() != null);
            boolean personal = entry.columns().stream().anyMatch(Column::personal);
            assertThat(personal && !entry.nobodys().isEmpty())
                    .as(entry.table() + " holds personal data of nobody")
                    .isFalse();
        }
    }

    @Test
    void the_page_shows_the_inventory_as_it_is() throws IOException {
        String page = Files.readString(PAGE);
        String found = page.substring(page.indexOf(BEGIN), page.indexOf(END) + END.length());
        String expected = BEGIN + "\n" + InventoryPage.table() + END;
        if (!found.equals(expected) && System.getProperty("update") != null) {
            Files.writeString(PAGE, page.replace(found, expected));
            return;
        }
        assertThat(found)
                .as(PAGE + " is behind privacy.Inventory; run this test with -Dupdate=yes to write it")
                .isEqualTo(expected);
    }

    private static Map<String, List<String>> schema(Tx tx) {
        record Found(String table, String column) {}
        String sql = tx.dialect() == SqlDialect.SQLITE ? """
                select m.name as t, c.name as c from sqlite_master m join pragma_table_info(m.name) c
                where m.type = 'table' and m.name not like 'sqlite_%'""" : """
                select table_name as t, column_name as c from information_schema.columns
                where table_schema = current_schema()""";
        return tx.list(sql, row -> new Found(row.text("t"), row.text("c"))).stream()
                .collect(Collectors.groupingBy(
                        Found::table,
                        TreeMap::new,
                        Collectors.mapping(
                                Found::column,
                                Collectors.collectingAndThen(
                                        Collectors.toList(),
                                        names -> names.stream().sorted().toList()))));
    }
}
