package dev.millrace.wallet;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.List;

/** Reads transfers as the lines of a statement, and the rows of {@code transfer_notes}. */
final class StatementStore {
    /** The movements of a time, the oldest first; those of the platform alone are none of the wallet's. */
    List<StatementLine> lines(Tx tx, OrganizationId organization, Instant from, Instant until, int limit) {
        return tx.list("""
                select t.id, t.kind, t.debit, t.credit, t.amount, t.created_at, n.reason, n.reference
                from transfers t left join transfer_notes n on n.transfer = t.id
                where t.organization = ? and t.created_at >= ? and t.created_at < ? and t.kind <> 'absorb'
                order by t.created_at, t.id limit ?""", row -> line(row, organization), organization, from, until, limit);
    }

    void note(Tx tx, String transfer, Note note, String by) {
        tx.update("""
                insert into transfer_notes (transfer, reason, reference, noted_by) values (?, ?, ?, ?)
                on conflict (transfer) do nothing""", transfer, note.reason(), note.reference(), by);
    }

    private static StatementLine line(Row row, OrganizationId organization) {
        Transfer transfer = new Transfer(
                row.text("id"),
                organization,
                TransferKind.of(row.text("kind")),
                new Account(row.text("debit")),
                new Account(row.text("credit")),
                row.money("amount"),
                row.instant("created_at"));
        String reason = row.textOrNull("reason");
        String reference = row.textOrNull("reference");
        return new StatementLine(
                transfer,
                change(transfer, Account.available(organization)),
                change(transfer, Account.held(organization)),
                reason == null ? Note.NONE : new Note(reason, reference == null ? "" : reference));
    }

    private static Money change(Transfer transfer, Account account) {
        if (transfer.credit().equals(account)) {
            return transfer.amount();
        }
        return transfer.debit().equals(account) ? transfer.amount().negate() : Money.ZERO;
    }
}
