package dev.millrace.billing;

import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapLedger;
import dev.millrace.limits.CapSubject;
import dev.millrace.wallet.Spent;
import dev.millrace.wallet.Wallet;
import java.time.Instant;

/** The wallet as caps see it. */
public final class WalletCaps implements CapLedger {
    private final Wallet wallet;

    public WalletCaps(Wallet wallet) {
        this.wallet = wallet;
    }

    @Override
    public void guard(Tx tx, OrganizationId organization) {
        wallet.guard(tx, organization);
    }

    @Override
    public Counted counted(Tx tx, CapSubject subject, Instant from, Instant until) {
        KeyId key = subject.key();
        MemberId member = subject.member();
        Spent spent = wallet.spent(tx, subject.organization(), key, member, from, until);
        return new Counted(spent.charged(), spent.held());
    }

    @Override
    public Instant latest(Tx tx, OrganizationId organization) {
        return wallet.latest(tx, organization);
    }
}
