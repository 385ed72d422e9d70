package dev.millrace.privacy;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inventory as the documentation shows it. */
final class InventoryPage {
    private InventoryPage() {}

    static String table() {
        return Inventory.ALL.stream()
                .map(InventoryPage::row)
                .collect(Collectors.joining(
                        "",
                        "| table | a row is | personal | of an organization: archive, erasure | of a person: archive, erasure |\n"
                                + "| --- | --- | --- | --- | --- |\n",
                        ""));
    }

    private static String row(Entry entry) {
        String personal = entry.columns().stream()
                .filter(Column::personal)
                .map(column -> "`" + column.name() + "`")
                .collect(Collectors.joining(" "));
        String nobodys = entry.nobodys().isEmpty() ? "–" : "nobody's: " + entry.nobodys();
        return "| `" + entry.table() + "` | " + entry.holds() + " | " + personal + " | "
                + (entry.organization() == null ? nobodys : rule(entry.organization())) + " | "
                + (entry.person() == null ? "–" : rule(entry.person())) + " |\n";
    }

    private static String rule(@Nullable Rule rule) {
        if (rule == null) {
            return "–";
        }
        return (rule.exported() ? "yes" : "no") + ", "
                + switch (rule.fate()) {
                    case Fate.Deleted() -> "deleted";
                    case Fate.Blanked(String set, String why) -> "emptied; stays: " + why;
                    case Fate.Kept(String why) -> "kept: " + why;
                };
    }
}
