package dev.millrace.payments;

import dev.millrace.access.Environment;
import dev.millrace.access.Forbidden;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.lease.DueWork;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Handler;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes payments by card and credits them. Safe for all threads. */
public final class Payments implements AutoCloseable {
    /** How many payments an organization may have begun in a day and not paid. */
    private static final int PENDING_MAX = 50;

    private static final Duration DAY = Duration.ofDays(1);

    private final PaymentSettings settings;
    private final Database database;
    private final DueWork dueWork;
    private final Trail trail;
    private final PaymentParts parts;
    private final TopUpStore topUps = new TopUpStore();
    private final AutoTopUpStore automatic = new AutoTopUpStore();
    private final Bookings bookings;
    private final Reversals reversals;
    private final @Nullable Stripe stripe;
    private final @Nullable PaymentWork work;
    private final @Nullable AutoTopUpWork filling;

    public Payments(PaymentParts parts) {
        this.parts = parts;
        this.settings = parts.settings();
        this.database = parts.database();
        this.dueWork = parts.dueWork();
        this.trail = parts.trail();
        this.bookings = new Bookings(topUps, automatic, parts.billing(), dueWork, trail, settings);
        this.reversals = new Reversals(topUps, parts.billing(), trail);
        this.stripe = settings.on() ? new Stripe(settings, parts.egress()) : null;
        this.work = stripe == null ? null : new PaymentWork(parts, stripe, topUps, automatic, bookings);
        this.filling = stripe == null ? null : new AutoTopUpWork(parts, topUps, automatic);
    }

    /** Whether payments by card are taken here. */
    public boolean on() {
        return stripe != null;
    }

    /** Begins to work on payments that are due. */
    public void start() {
        if (work != null && filling != null) {
            work.start();
            filling.start();
        }
    }

    /**
     * Refuses a key for testing where payments are with real money.
     *
     * @throws ProblemException {@code FORBIDDEN} with the reason test_key
     */
    public void requireMoneyOf(Environment environment) {
        if (settings.live() && environment == Environment.TEST) {
            throw Forbidden.TEST_KEY.exception(
                    "A test key can not pay with real money: use a live key, or sign in. No payment was begun.");
        }
    }

    /**
     * Writes down a payment that is to be made, before anybody else knows of it.
     *
     * @throws ProblemException {@code NOT_FOUND} when no payments are taken, {@code INVALID_PARAMETER} on {@code amount_usd},
     *     {@code FORBIDDEN} while an earlier payment that was taken back is owed, {@code RATE_LIMITED}
     */
    public TopUp begin(Tx tx, OrganizationId organization, TopUpWish wish, Actor actor) {
        requireOn();
        checkAmount("amount_usd", wish.amount());
        Money owed = topUps.owed(tx, organization);
        if (owed.isPositive()) {
            throw Problem.of(
                            ProblemCode.FORBIDDEN,
                            "An earlier payment was taken back and " + owed
                                    + " of it is owed; ask the operator to settle it.")
                    .withFacts(Map.of("owed_usd", owed.toUsd()))
                    .toException();
        }
        if (topUps.pending(tx, organization, tx.now().minus(DAY)) >= PENDING_MAX) {
            throw Problem.of(ProblemCode.RATE_LIMITED, "Many payments were begun and not made; pay or wait.")
                    .withRetryAfter(Duration.ofHours(1))
                    .toException();
        }
        TopUp row = TopUp.fresh(
                parts.ids().uuid().toString(),
                organization,
                TopUpKind.CHECKOUT,
                wish.amount(),
                settings.live(),
                wish.saveCard(),
                wish.successUrl(),
                wish.cancelUrl(),
                tx.now());
        topUps.add(tx, row);
        dueWork.add(tx, Bookings.KIND, row.id(), organization.text(), tx.now().plus(settings.askAfter()));
        trail.write(
                tx,
                actor,
                "topup.begin",
                Bookings.subject(row),
                Map.of("amount_usd", row.amount().toUsd()));
        return row;
    }

    /**
     * Makes the page on which a payment is made, or finds it. Repeatable: Stripe makes one page for a row.
     *
     * @throws ProblemException {@code UPSTREAM_ERROR}
     */
    public TopUp open(TopUp row) {
        if (row.url() != null || row.state() != TopUpState.PENDING) {
            return row;
        }
        try {
            String customer = database.read(tx -> automatic.find(tx, row.organization()))
                    .map(AutoTopUp::customer)
                    .orElse(null);
            Checkout made = requireOn().open(row, customer);
            return database.writer().write(row.organization().text(), tx -> {
                topUps.session(tx, row.id(), made.id(), made.url());
                return topUps.find(tx, row.id()).orElseThrow();
            });
        } catch (StripeTrouble trouble) {
            if (trouble.certain()) {
                database.writer()
                        .write(
                                row.organization().text(),
                                tx -> bookings.ended(tx, row, TopUpState.FAILED, trouble.code()));
            }
            throw Problem.of(
                            ProblemCode.UPSTREAM_ERROR,
                            "The payment processor did not make the page to pay on; nothing was charged. Send this again.")
                    .withFacts(Map.of("reason", trouble.code()))
                    .toException();
        }
    }

    /** The organization's payment of that id. */
    public Optional<TopUp> find(Tx tx, OrganizationId organization, String id) {
        return topUps.find(tx, id).filter(row -> row.organization().equals(organization));
    }

    /** The organization's payments, newest first; a null cursor is the first page. */
    public TopUpPage list(Tx tx, OrganizationId organization, @Nullable String cursor, int limit) {
        List<TopUp> found = topUps.after(tx, organization, cursor, limit + 1);
        if (found.size() <= limit) {
            return new TopUpPage(found, null);
        }
        TopUp last = found.get(limit - 1);
        return new TopUpPage(
                List.copyOf(found.subList(0, limit)), new dev.millrace.db.Keyset(last.createdAt(), last.id()).cursor());
    }

    /** Gives up what is owed of payments that were taken back, so that the organization may pay again; how many they are. */
    public int forgive(Tx tx, OrganizationId organization, Actor actor) {
        Money owed = topUps.owed(tx, organization);
        int rows = topUps.forgive(tx, organization);
        if (rows > 0) {
            trail.write(tx, actor, "topup.forgive", "organization:" + organization, Map.of("owed_usd", owed.toUsd()));
        }
        return rows;
    }

    /** What the organization owes of payments that were taken back. */
    public Money owed(Tx tx, OrganizationId organization) {
        return topUps.owed(tx, organization);
    }

    /** How the organization's wallet is filled by itself; empty when that was never set. */
    public Optional<AutoTopUp> automatic(Tx tx, OrganizationId organization) {
        return automatic.find(tx, organization);
    }

    /**
     * Sets how the wallet is filled by itself, and takes back that it was stopped.
     *
     * @param ceiling the most that it may come to in a month (UTC)
     * @throws ProblemException {@code NOT_FOUND} when no payments are taken; {@code INVALID_PARAMETER} on {@code amount_usd}, on
     *     {@code monthly_ceiling_usd}, or on {@code enabled} when no card was saved
     */
    public AutoTopUp fillAutomatically(
            Tx tx,
            OrganizationId organization,
            boolean enabled,
            Money threshold,
            Money amount,
            Money ceiling,
            Actor actor) {
        requireOn();
        checkAmount("amount_usd", amount);
        if (ceiling.compareTo(amount) < 0) {
            throw Problem.parameter("monthly_ceiling_usd", "must be at least amount_usd.")
                    .toException();
        }
        boolean card = automatic.find(tx, organization).map(AutoTopUp::method).isPresent();
        if (enabled && !card) {
            throw Problem.parameter("enabled", "needs a saved card: make a top-up with \"save_card\": true first.")
                    .toException();
        }
        automatic.set(tx, organization, enabled, threshold, amount, ceiling);
        trail.write(
                tx,
                actor,
                "auto_topup.set",
                "organization:" + organization,
                Map.of(
                        "enabled", String.valueOf(enabled),
                        "threshold_usd", threshold.toUsd(),
                        "amount_usd", amount.toUsd(),
                        "monthly_ceiling_usd", ceiling.toUsd()));
        if (enabled) {
            dueWork.add(tx, AutoTopUpTrigger.KIND, organization.text(), organization.text(), tx.now());
        }
        return automatic.find(tx, organization).orElseThrow();
    }

    /** Switches the automatic top-up off and forgets the card; false when there was none. */
    public boolean forgetCard(Tx tx, OrganizationId organization, Actor actor) {
        boolean forgot = automatic.forget(tx, organization);
        if (forgot) {
            trail.write(tx, actor, "auto_topup.forget", "organization:" + organization, Map.of());
        }
        return forgot;
    }

    /** Answers Stripe's callbacks. */
    public Handler callbacks() {
        return desk()::answer;
    }

    Callbacks desk() {
        return new Callbacks(settings, database, parts.clock(), topUps, bookings, reversals);
    }

    private void checkAmount(String field, Money amount) {
        if (Cents.exact(amount).isEmpty()) {
            throw Problem.parameter(field, "must be whole cents.").toException();
        }
        if (amount.compareTo(settings.minimum()) < 0 || amount.compareTo(settings.maximum()) > 0) {
            throw Problem.parameter(field, "must be from " + settings.minimum() + " to " + settings.maximum() + ".")
                    .toException();
        }
    }

    private Stripe requireOn() {
        if (stripe == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "Payments by card are not configured on this installation; its operator can set payments.stripe_key, or add"
                            + " money with \"millrace admin topup\".");
        }
        return stripe;
    }

    @Override
    public void close() {
        if (work != null && filling != null) {
            work.close();
            filling.close();
        }
    }
}
