package dev.millrace.payments;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.lease.Claim;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.LeaseGuard;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks after every payment until it has ended: asks Stripe how it stands where nothing was heard, so that a lost callback credits all the
 * same, and fetches the receipt and the saved card once it was paid.
 */
final class PaymentWork implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration ONCE = Duration.ofSeconds(20);
    private static final Duration RECEIPT_WITHIN = Duration.ofDays(2);

    /** How long Stripe is sure to know a repeat by its key; after that a payment is looked for before it is made. */
    private static final Duration REPEATABLE = Duration.ofHours(20);

    private final Database database;
    private final DueWork dueWork;
    private final Stripe stripe;
    private final TopUpStore topUps;
    private final AutoTopUpStore automatic;
    private final Bookings bookings;
    private final PaymentSettings settings;
    private final Workers workers;

    PaymentWork(PaymentParts parts, Stripe stripe, TopUpStore topUps, AutoTopUpStore automatic, Bookings bookings) {
        this.database = parts.database();
        this.dueWork = parts.dueWork();
        this.settings = parts.settings();
        this.stripe = stripe;
        this.topUps = topUps;
        this.automatic = automatic;
        this.bookings = bookings;
        this.workers = new Workers(
                database,
                dueWork,
                Bookings.KIND,
                parts.owner(),
                WorkersSettings.DEFAULTS.withMaxRunning(8),
                this::work,
                parts.metrics());
    }

    void start() {
        workers.start();
    }

    private void work(Claim claim, LeaseGuard guard) throws StripeTrouble {
        Optional<TopUp> found = database.read(tx -> topUps.find(tx, claim.id()));
        if (found.isEmpty()) {
            under(claim, null, tx -> {});
            return;
        }
        TopUp row = found.get();
        guard.check();
        switch (row.state()) {
            case PENDING -> pending(claim, row);
            case PAID -> paid(claim, row);
            case FAILED, EXPIRED -> under(claim, null, tx -> {});
        }
    }

    private void pending(Claim claim, TopUp row) throws StripeTrouble {
        switch (row.kind()) {
            case CHECKOUT -> checkout(claim, row);
            case AUTOMATIC -> charge(claim, row);
        }
    }

    private void checkout(Claim claim, TopUp row) throws StripeTrouble {
        String session = row.session();
        Checkout said;
        try {
            said = session == null ? stripe.open(row, null) : stripe.checkout(session);
        } catch (StripeTrouble trouble) {
            end(claim, row, trouble);
            return;
        }
        boolean failed = said.status().equals("complete")
                && !said.paid()
                && !said.intent().isEmpty()
                && stripe.intent(said.intent()).failed();
        under(claim, row, tx -> {
            topUps.session(tx, row.id(), said.id(), said.url());
            bookings.checkout(tx, said, failed);
        });
    }

    private void charge(Claim claim, TopUp row) throws StripeTrouble {
        AutoTopUp card =
                database.read(tx -> automatic.find(tx, row.organization())).orElseThrow();
        String known = row.intent();
        try {
            Intent said = known == null ? made(row, card) : stripe.intent(known);
            under(claim, row, tx -> {
                topUps.intent(tx, row.id(), said.id());
                bookings.intent(tx, said);
            });
        } catch (StripeTrouble trouble) {
            end(claim, row, trouble);
        }
    }

    /** Makes the payment, or finds the one that was made when its answer was lost and the repeat would no longer be known as one. */
    private Intent made(TopUp row, AutoTopUp card) throws StripeTrouble {
        String customer = Objects.requireNonNullElse(card.customer(), "");
        String method = card.method();
        Instant now = database.read(Tx::now);
        if (row.createdAt().plus(REPEATABLE).isBefore(now) || method == null) {
            return stripe.made(row, customer).orElseThrow(() -> new StripeTrouble("not_made", true, ""));
        }
        return stripe.charge(row, customer, method);
    }

    /** Ends a payment that Stripe refused; what is not certain is tried again by the workers. */
    private void end(Claim claim, TopUp row, StripeTrouble trouble) throws StripeTrouble {
        if (!trouble.certain()) {
            throw trouble;
        }
        under(claim, null, tx -> {
            if (!trouble.intent().isEmpty()) {
                topUps.intent(tx, row.id(), trouble.intent());
            }
            bookings.ended(tx, row, TopUpState.FAILED, trouble.code());
        });
    }

    private void paid(Claim claim, TopUp row) throws StripeTrouble {
        String intent = row.intent();
        Instant paidAt = Objects.requireNonNull(row.paidAt());
        boolean late = paidAt.plus(RECEIPT_WITHIN).isBefore(database.read(Tx::now));
        if (intent == null || row.receiptUrl() != null || late) {
            under(claim, null, tx -> {});
            return;
        }
        Intent said = stripe.intent(intent);
        under(claim, null, tx -> {
            if (said.receiptUrl().startsWith("https://")) {
                topUps.receipt(tx, row.id(), said.receiptUrl());
            }
            if (row.saveCard() && !said.customer().isEmpty() && !said.method().isEmpty()) {
                automatic.card(tx, row.organization(), said.customer(), said.method(), settings.minimum());
            }
        });
    }

    /** Does it under the claim, and ends the due work, or puts it off when the payment it is about may still change. */
    private void under(Claim claim, @org.jspecify.annotations.Nullable TopUp again, Consumer<Tx> effect) {
        database.writer().write(claim.part(), tx -> {
            if (!dueWork.holds(tx, claim)) {
                return false;
            }
            effect.accept(tx);
            if (again != null && open(tx, again)) {
                return dueWork.reschedule(tx, claim, next(tx, again));
            }
            return dueWork.finish(tx, claim);
        });
    }

    private boolean open(Tx tx, TopUp again) {
        return topUps.find(tx, again.id())
                .map(row -> row.state() == TopUpState.PENDING || row.receiptUrl() == null)
                .orElse(false);
    }

    /** Soon when it was just paid, for the receipt; otherwise the later the older it is. */
    private Instant next(Tx tx, TopUp row) {
        TopUpState now = topUps.find(tx, row.id()).orElseThrow().state();
        return switch (now) {
            case PAID -> tx.now();
            case FAILED, EXPIRED -> tx.now();
            case PENDING -> {
                Duration age = Duration.between(row.createdAt(), tx.now());
                Duration wait = age.compareTo(ONCE) < 0 ? ONCE : age;
                yield tx.now().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
            }
        };
    }

    @Override
    public void close() {
        workers.close();
    }
}
