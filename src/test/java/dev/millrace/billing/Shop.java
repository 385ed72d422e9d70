package dev.millrace.billing;

import static dev.millrace.billing.Till.ACME;
import static dev.millrace.billing.Till.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.catalog.Model;
import dev.millrace.id.IdSource;
import dev.millrace.id.MemberId;
import dev.millrace.id.Spender;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A till at which everything costs a dollar apiece, for one member's key. */
final class Shop {
    static final MemberId MEMBER = new MemberId(new UUID(7, 8));
    static final Spender BUYER = new Spender(ACME, KEY, MEMBER);
    static final CapSubject ALL = CapSubject.organization(ACME);
    static final CapSubject THE_KEY = CapSubject.key(ACME, KEY);
    static final CapSubject THE_MEMBER = CapSubject.member(ACME, MEMBER);

    final Till till;
    final Caps caps;
    final Billing billing;
    ZoneId zone = ZoneOffset.UTC;
    final Trail trail = new Trail(new IdSource(InstantSource.system(), new Random(2)));
    private final Model model;

    Shop(TestDatabase db, Path folder) {
        this(db, folder, "1");
    }

    /** At another price apiece. */
    Shop(TestDatabase db, Path folder, String price) {
        this.till = new Till(db, folder);
        this.model = till.model(price, price, price);
        this.caps = new Caps(new WalletCaps(till.wallet), (tx, organization) -> zone, trail);
        this.billing = new Billing(till.wallet, till.usage, till.quotes, till.prices::find, caps);
    }

    Shop funded(String usd) {
        till.db
                .writer()
                .<Boolean>write(ACME.text(), tx -> billing.topUp(tx, ACME, "seed", Money.usd(usd), Funding.CASH_IN));
        return this;
    }

    /** What stands against the hold, if anything does. */
    Optional<Problem> hold(Spender spender, String id, String usd) {
        Quote quote = quote(Money.usd(usd));
        try {
            till.db.writer().<Boolean>write(ACME.text(), tx -> {
                billing.hold(tx, spender, new HoldId("job:" + id), quote);
                return true;
            });
            return Optional.empty();
        } catch (ProblemException refused) {
            return Optional.of(refused.problem());
        }
    }

    Optional<Problem> hold(String id, String usd) {
        return hold(BUYER, id, usd);
    }

    Quote quote(Money max) {
        return new Quote(null, model.id(), model.prices().version(), max, max, null);
    }

    Bill bill(long pieces) {
        return till.bill(quote(Money.ZERO), Till.parameters(model, "{\"prompt\":\"a cat\"}"), pieces);
    }

    /** Nothing is charged; so much was lost on the way. */
    Unpaid unpaid(long lost) {
        Unpaid none = Unpaid.abandoned();
        return new Unpaid("one", none.modality(), "tests", none.status(), none.error(), Money.ofNanos(lost), 1);
    }

    /** What it was charged. */
    Money settle(String id, long pieces) {
        Bill bill = bill(pieces);
        return till.db
                .writer()
                .write(ACME.text(), tx -> billing.settle(tx, new HoldId("job:" + id), bill))
                .orElseThrow()
                .charge();
    }

    boolean release(String id) {
        return till.db
                .writer()
                .<Boolean>write(ACME.text(), tx -> billing.release(tx, new HoldId("job:" + id), Unpaid.abandoned()));
    }

    boolean refund(String id, int number, String usd) {
        return till.db
                .writer()
                .<Boolean>write(ACME.text(), tx -> billing.refund(tx, new HoldId("job:" + id), number, Money.usd(usd)));
    }

    void cap(CapSubject subject, CapPeriod period, @Nullable String usd) {
        till.db
                .writer()
                .<Boolean>write(ACME.text(), tx -> caps.set(tx, subject, period, usd == null ? null : Money.usd(usd)));
    }

    void counts(CapSubject subject, CapPeriod period, String spent, String held) {
        CapState state = till.db.database().<List<CapState>>read(tx -> caps.of(tx, subject)).stream()
                .filter(cap -> cap.period() == period)
                .findFirst()
                .orElseThrow();
        assertThat(state.spent()).as("spent").isEqualTo(Money.usd(spent));
        assertThat(state.held()).as("held").isEqualTo(Money.usd(held));
    }

    /** Every invariant of the ledger, the caps and the grants. */
    void check() {
        MoneyChecker.ledger(till.db.database());
    }
}
