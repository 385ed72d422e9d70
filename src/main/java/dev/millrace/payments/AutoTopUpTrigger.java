package dev.millrace.payments;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import java.time.Duration;

/**
 * Has wallets looked at behind settlements: of those organizations alone that fill theirs automatically, and at most once in a while.
 * Costs others a look into memory.
 */
public final class AutoTopUpTrigger {
    /** The due work of looking at one wallet. */
    static final String KIND = "auto-topup";

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ORGANIZATIONS_MAX = 100_000;

    private final AutoTopUpStore automatic = new AutoTopUpStore();
    private final DueWork dueWork = new DueWork();
    private final Cache<OrganizationId, Boolean> watched = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(ORGANIZATIONS_MAX)
            .build();

    /** Says that the wallet has changed, in the transaction that changes it. */
    public void settled(Tx tx, OrganizationId organization) {
        Boolean known = watched.getIfPresent(organization);
        if (known == null) {
            known = automatic.watched(tx, organization);
            watched.put(organization, known);
        }
        if (known) {
            dueWork.add(
                    tx, KIND, organization.text(), organization.text(), tx.now().plus(PAUSE));
        }
    }
}
