package dev.millrace.billing;

import dev.millrace.catalog.PriceList;
import dev.millrace.money.Money;
import dev.millrace.usage.Attempt;
import dev.millrace.wallet.Granted;
import dev.millrace.wallet.HoldId;
import java.time.Instant;
import java.util.List;

/** A request that was granted from a block and has ended, until that is durable. */
public sealed interface BlockUse {
    HoldId id();

    /** What it was granted for. */
    Quote quote();

    /** When it was granted. */
    Instant at();

    /** The calls of upstreams that served nothing. */
    List<Attempt> attempts();

    /** What the customer pays. */
    Money charge();

    /** What the wallet is told of it. */
    Granted granted();

    /** It is charged what it used, by the price list in force when it was granted. */
    record Charged(HoldId id, Quote quote, Instant at, Bill bill, PriceList prices, List<Attempt> attempts)
            implements BlockUse {
        @Override
        public Money charge() {
            return Money.min(quote.max(), Costs.of(prices, bill));
        }

        @Override
        public Granted granted() {
            String terms = Terms.of(quote).text();
            if (!terms.equals(Terms.of(bill).text())) {
                throw new IllegalStateException("bug: " + id + " was granted for " + terms);
            }
            return new Granted(id, quote.max(), Costs.of(prices, bill), Money.ZERO, true, terms, at);
        }
    }

    /** It is charged nothing. */
    record Free(HoldId id, Quote quote, Instant at, Unpaid why, List<Attempt> attempts) implements BlockUse {
        @Override
        public Money charge() {
            return Money.ZERO;
        }

        @Override
        public Granted granted() {
            return new Granted(
                    id,
                    quote.max(),
                    Money.ZERO,
                    why.lost(),
                    false,
                    Terms.of(quote).text(),
                    at);
        }
    }
}
