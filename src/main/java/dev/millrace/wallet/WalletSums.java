package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the movements of a wallet come to, reckoned from the few that are not of requests: however many requests there were. */
public final class WalletSums {
    private static final Instant LAST = Keyset.START.time();

    private final WalletStore wallets = new WalletStore();
    private final TransferStore transfers = new TransferStore();
    private final HoldStore holds = new HoldStore();
    private final GrantStore grants = new GrantStore();

    /** What came in from one moment on and before another by top-ups and refunds, less what was taken back; grants and credit are not in it. */
    public Money cameIn(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return sum(tx, organization, from, until, kind -> switch (kind) {
            case TOPUP, REFUND, TAKEBACK -> true;
            case HOLD, SETTLE, RELEASE, ABSORB, GRANT, EXPIRE, CREDIT, REDUCE -> false;
        });
    }

    /** What was charged to grants from one moment on and before another, less what refunds gave back to them. */
    public Money chargedToGrants(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return grants.charged(tx, organization, from, until);
    }

    /**
     * What all holds of the organization ever came to, under the {@link Wallet#lock}: everything that came in and did not go out otherwise,
     * less what is there.
     */
    public Spent spentEver(Tx tx, OrganizationId organization) {
        Balance balance = wallets.balance(tx, organization).orElse(Balance.ZERO);
        Money came = sum(tx, organization, Instant.EPOCH, LAST, kind -> kind != TransferKind.REFUND);
        return new Spent(came.minus(balance.total()), balance.held());
    }

    /** When the latest grant was given that has something left; the epoch when there is none. */
    public Instant grantedAt(Tx tx, OrganizationId organization) {
        return grants.given(tx, organization);
    }

    /** What was refunded to an organization ever. */
    public Money refundedEver(Tx tx, OrganizationId organization) {
        return sum(tx, organization, Instant.EPOCH, LAST, kind -> kind == TransferKind.REFUND);
    }

    /** What was refunded to an organization ever of the charges of a key, or of a member. */
    public Money refundedOf(Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member) {
        return holds.refundedOf(tx, organization, key, member);
    }

    /**
     * What of the organization's open holds is of a key, or of a member, under the {@link Wallet#lock}. Reads its holds from the latest
     * backwards until it has seen all that are open.
     */
    public Money openOf(Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member) {
        Money held = wallets.balance(tx, organization).orElse(Balance.ZERO).held();
        return holds.openOf(tx, organization, key, member, held);
    }

    private Money sum(
            Tx tx, OrganizationId organization, Instant from, Instant until, Predicate<TransferKind> counted) {
        return transfers.besideRequests(tx, organization, from, until).stream()
                .filter(movement -> counted.test(movement.kind()))
                .map(Statement.Movement::available)
                .reduce(Money.ZERO, Money::plus);
    }
}
