package dev.millrace.billing;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapLedger;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Spent;
import dev.millrace.wallet.Wallet;
import dev.millrace.wallet.WalletSums;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The wallet as caps see it. */
public final class WalletCaps implements CapLedger {
    private final Wallet wallet;
    private final WalletSums sums = new WalletSums();
    private final UsageStore usage = new UsageStore();

    public WalletCaps(Wallet wallet) {
        this.wallet = wallet;
    }

    @Override
    public void guard(Tx tx, OrganizationId organization) {
        wallet.guard(tx, organization);
    }

    @Override
    public Counted counted(Tx tx, CapSubject subject, Instant from, Instant until) {
        Spent spent = from.equals(Instant.EPOCH) && until.isAfter(tx.now())
                ? ever(tx, subject, until)
                : wallet.spent(tx, subject.organization(), subject.key(), subject.member(), from, until);
        return new Counted(spent.charged(), spent.held());
    }

    /**
     * What a subject spent since there is anything: from stored sums, so that nothing of an organization waits for the reading of a long
     * past. The sums of use have keys and members; where all of them are not what the ledger says, as for charges of before they were
     * kept, the ledger itself is read.
     */
    private Spent ever(Tx tx, CapSubject subject, Instant until) {
        OrganizationId organization = subject.organization();
        KeyId key = subject.key();
        MemberId member = subject.member();
        Spent all = sums.spentEver(tx, organization);
        if (key == null && member == null) {
            return all;
        }
        Money charged = all.charged().plus(sums.refundedEver(tx, organization));
        return usage.chargedEver(tx, organization, null, null).equals(charged)
                ? ofOne(tx, organization, key, member)
                : wallet.spent(tx, organization, key, member, Instant.EPOCH, until);
    }

    private Spent ofOne(Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member) {
        Money charged = usage.chargedEver(tx, organization, key, member);
        return new Spent(
                charged.minus(sums.refundedOf(tx, organization, key, member)),
                sums.openOf(tx, organization, key, member));
    }

    @Override
    public Instant latest(Tx tx, OrganizationId organization) {
        return wallet.latest(tx, organization);
    }
}
