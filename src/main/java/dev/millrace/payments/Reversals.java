package dev.millrace.payments;

import dev.millrace.billing.Billing;
import dev.millrace.db.Tx;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Funding;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Books payments that went back to the payer: what of it is available leaves the wallet, the rest is owed, and while anything is owed the
 * organization makes no more payments. Money that comes again pays what is owed first.
 */
final class Reversals {
    private final TopUpStore topUps;
    private final Billing billing;
    private final Trail trail;

    Reversals(TopUpStore topUps, Billing billing, Trail trail) {
        this.topUps = topUps;
        this.billing = billing;
        this.trail = trail;
    }

    /** The row that it is about. */
    Optional<TopUp> row(Tx tx, Reversal said) {
        Optional<TopUp> paid = topUps.byIntent(tx, said.intent());
        return paid.isPresent()
                ? paid
                : topUps.find(tx, said.reference())
                        .filter(row -> row.intent() == null || row.intent().equals(said.intent()));
    }

    /** @throws dev.millrace.problem.ProblemException when the payment itself was not told yet: then it comes again */
    Outcome book(Tx tx, Reversal said) {
        Optional<TopUp> found = row(tx, said);
        if (found.isEmpty()) {
            return Outcome.NOTHING;
        }
        TopUp row = found.get();
        if (row.state() != TopUpState.PAID) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "The payment itself is not booked yet; send this again.")
                    .withRetryAfter(Duration.ofMinutes(1))
                    .toException();
        }
        if (said.live() != row.live() || !said.currency().equals(Cents.CURRENCY)) {
            return Outcome.NOTHING;
        }
        switch (said.kind()) {
            case REFUND -> topUps.refunded(tx, row.id(), said.amount());
            case DISPUTE -> topUps.disputed(tx, row.id(), said.amount(), said.at());
        }
        return level(tx, topUps.find(tx, row.id()).orElseThrow());
    }

    /** Moves what the books still lack, or have too much. */
    private Outcome level(Tx tx, TopUp row) {
        Money missing = row.due().minus(row.taken()).minus(row.owed()).minus(row.forgiven());
        if (missing.isZero()) {
            return Outcome.NOTHING;
        }
        String cause = "stripe:" + row.id() + ":" + row.moves();
        Money taken = row.taken();
        Money owed = row.owed();
        if (missing.isPositive()) {
            Money there = Money.min(missing, billing.free(tx, row.organization()));
            if (there.isPositive()) {
                billing.takeBack(tx, row.organization(), cause, there, Funding.CASH_IN);
            }
            taken = taken.plus(there);
            owed = owed.plus(missing.minus(there));
        } else {
            Money back = missing.negate();
            Money paysOwed = Money.min(back, owed);
            Money credited = Money.min(back.minus(paysOwed), taken);
            if (credited.isPositive()) {
                billing.topUp(tx, row.organization(), cause, credited, Funding.CASH_IN);
            }
            owed = owed.minus(paysOwed);
            taken = taken.minus(credited);
        }
        if (!topUps.moved(tx, row, taken, owed)) {
            throw new IllegalStateException("bug: two moves of one payment in one transaction");
        }
        trail.write(
                tx,
                Bookings.actor(row),
                missing.isPositive() ? "topup.reversed" : "topup.reinstated",
                Bookings.subject(row),
                Map.of(
                        "amount_usd", missing.toUsd(),
                        "taken_usd", taken.toUsd(),
                        "owed_usd", owed.toUsd()));
        return Outcome.BOOKED;
    }
}
