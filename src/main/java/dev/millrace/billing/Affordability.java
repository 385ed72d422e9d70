package dev.millrace.billing;

import dev.millrace.money.Money;
import dev.millrace.wallet.Balance;

/**
 * Whether a request could be held for at this moment.
 *
 * @param wallet whether what is available covers what is required
 * @param key whether the key's own cap does; a key without one covers everything
 * @param balance what the wallet has
 * @param required what would be held
 */
public record Affordability(boolean wallet, boolean key, Balance balance, Money required) {
    /** Whether nothing stands against it. */
    public boolean affordable() {
        return wallet && key;
    }
}
