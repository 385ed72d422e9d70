package dev.millrace.wallet;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;

/**
 * One movement of money from one account to another; once written it never changes.
 *
 * @param id derived from the cause ({@code hold:<subject>}, {@code topup:<cause>} …), so that a repeat is a no-op
 * @param organization whose wallet it moves, or on whose behalf the platform bore a loss
 * @param debit the account that the amount leaves
 * @param credit the account at which it arrives
 * @param amount above zero
 */
public record Transfer(
        String id,
        OrganizationId organization,
        TransferKind kind,
        Account debit,
        Account credit,
        Money amount,
        Instant createdAt) {

    /** What the movement is about: the id without its kind, as {@code job:<uuid>} or a top-up's cause. */
    public String subject() {
        return id.substring(kind.code().length() + 1);
    }

    static Transfer of(
            Tx tx,
            TransferKind kind,
            String subject,
            OrganizationId organization,
            Account debit,
            Account credit,
            Money amount) {
        return new Transfer(kind.code() + ":" + subject, organization, kind, debit, credit, amount, tx.now());
    }

    boolean sameFacts(Transfer other) {
        return organization.equals(other.organization)
                && kind == other.kind
                && debit.equals(other.debit)
                && credit.equals(other.credit)
                && amount.equals(other.amount);
    }

    /** What sets an amount of available aside. */
    static Transfer holding(Tx tx, OrganizationId organization, HoldId id, Money amount) {
        if (amount.isNegative()) {
            throw new IllegalArgumentException("a hold can not be negative");
        }
        return of(
                tx,
                TransferKind.HOLD,
                id.text(),
                organization,
                Account.available(organization),
                Account.held(organization),
                amount);
    }
}
