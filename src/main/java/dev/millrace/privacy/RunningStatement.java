package dev.millrace.privacy;

import dev.millrace.db.Row;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import org.jspecify.annotations.Nullable;

/** Everything that ever moved in a wallet, as a table: each movement with the balance behind it, from nothing to the balance of now. */
final class RunningStatement {
    static final String HEAD =
            "at,kind,id,available_change_usd,held_change_usd,available_usd,held_usd,reason,reference\r\n";
    static final String SQL = """
            select t.created_at as created_at, t.kind as kind, t.id as id, t.debit as debit, t.credit as credit,
                t.amount as amount, n.reason as reason, n.reference as reference
            from transfers t left join transfer_notes n on n.transfer = t.id
            where t.organization = ? order by t.created_at, t.id""";

    private final String availableAccount;
    private final String heldAccount;
    private Money available = Money.ZERO;
    private Money held = Money.ZERO;

    RunningStatement(OrganizationId organization) {
        this.availableAccount = "org:" + organization + ":available";
        this.heldAccount = "org:" + organization + ":held";
    }

    /** The line of the next movement. */
    String line(Row row) {
        Money toAvailable = change(row, availableAccount);
        Money toHeld = change(row, heldAccount);
        available = available.plus(toAvailable);
        held = held.plus(toHeld);
        return String.join(
                        ",",
                        row.instant("created_at").toString(),
                        row.text("kind"),
                        cell(row.text("id")),
                        toAvailable.toUsd(),
                        toHeld.toUsd(),
                        available.toUsd(),
                        held.toUsd(),
                        cell(row.textOrNull("reason")),
                        cell(row.textOrNull("reference")))
                + "\r\n";
    }

    private static Money change(Row row, String account) {
        Money amount = row.money("amount");
        if (row.text("credit").equals(account)) {
            return amount;
        }
        return row.text("debit").equals(account) ? amount.negate() : Money.ZERO;
    }

    /** A text that a table program neither splits nor takes for a formula. */
    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String harmless = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
        return harmless.matches("[A-Za-z0-9 :._'-]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
