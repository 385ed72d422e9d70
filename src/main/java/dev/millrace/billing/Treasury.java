package dev.millrace.billing;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.Hold;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Losses;
import dev.millrace.wallet.Note;
import dev.millrace.wallet.Transfer;
import dev.millrace.wallet.TransferKind;
import dev.millrace.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people do to money and its limits by hand: each with a reason, and a line in the audit log in the same transaction. Nothing here
 * or elsewhere pays out.
 */
public final class Treasury {
    private static final Duration LONGEST_GRANT = Duration.ofDays(3660);

    private static final int SWEEP = 500;

    /** The most that is moved by hand at once: more is a slip of the pen, and sums of such would not be countable any more. */
    public static final Money MOST = Money.usd("1000000000");

    /** The highest number of a refund of one charge. */
    public static final int MOST_REFUNDS = 1_000_000;

    private final Losses losses = new Losses();
    private final Billing billing;
    private final Wallet wallet;
    private final Caps caps;
    private final Trail trail;

    public Treasury(Billing billing, Wallet wallet, Caps caps, Trail trail) {
        this.billing = billing;
        this.wallet = wallet;
        this.caps = caps;
        this.trail = trail;
    }

    /**
     * Adds money; false when the same cause had brought it before.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code amount_usd} above {@link #MOST}
     */
    public boolean topUp(
            Tx tx, Actor by, OrganizationId organization, String cause, Money amount, Funding from, Note note) {
        countable("amount_usd", amount);
        if (!once(() -> billing.topUp(tx, organization, cause, amount, from))) {
            return false;
        }
        wallet.note(tx, TransferKind.TOPUP, cause, note, by.id());
        write(tx, by, organization, "topup", cause, amount, note);
        return true;
    }

    /**
     * Gives money for a time; false when the same had been given before.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code expires_at} when it is not in the next ten years
     */
    public boolean grant(
            Tx tx, Actor by, OrganizationId organization, String id, Money amount, Instant expiresAt, Note note) {
        if (!expiresAt.isAfter(tx.now()) || expiresAt.isAfter(tx.now().plus(LONGEST_GRANT))) {
            throw Problem.parameter("expires_at", "must be a time within the next ten years.")
                    .toException();
        }
        countable("amount_usd", amount);
        if (!once(() -> wallet.grant(tx, organization, id, amount, expiresAt))) {
            return false;
        }
        wallet.note(tx, TransferKind.GRANT, id, note, by.id());
        write(tx, by, organization, "grant", id, amount, note);
        return true;
    }

    /** Sets how far an organization may spend before it pays; false when it is so already. */
    public boolean credit(Tx tx, Actor by, OrganizationId organization, Money line, Note note) {
        countable("line_usd", line);
        if (!wallet.setCreditLine(tx, organization, line)) {
            return false;
        }
        write(tx, by, organization, "credit.line", "organization:" + organization, line, note);
        return true;
    }

    /**
     * Pays part or all of a charge back into the wallet that was charged.
     *
     * @param number which refund of the charge it is, from 1 to {@link #MOST_REFUNDS}, so that a repeat is a no-op; null for the next one
     * @throws ProblemException {@code NOT_FOUND}; {@code INVALID_PARAMETER} on {@code number}, on {@code reason} when it is blank, on {@code amount_usd} when
     *     more than what is left is asked for
     */
    public Refunded refund(Tx tx, Actor by, HoldId charge, @Nullable Integer number, Money amount, Note note) {
        if (note.reason().isBlank()) {
            throw Problem.parameter("reason", "says why the charge is paid back: it must not be empty.")
                    .toException();
        }
        if (number != null) {
            requireNumber(number);
        }
        Hold hold = wallet.find(tx, charge)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no charge " + charge + "."));
        OrganizationId organization = hold.organization();
        wallet.lock(tx, organization);
        int next = number == null ? latest(tx, charge) + 1 : number;
        requireNumber(next);
        boolean booked = once(() -> billing.refund(tx, charge, next, amount));
        if (booked) {
            wallet.note(tx, TransferKind.REFUND, charge.text() + ":" + next, note, by.id());
            write(tx, by, organization, "refund", charge.text() + ":" + next, amount, note);
        }
        Hold now = wallet.find(tx, charge).orElseThrow();
        return new Refunded(organization, next, booked, now.charge().minus(now.refunded()));
    }

    /** Books a difference to an upstream's invoice to absorbed loss; false when the same cause was booked before. */
    public boolean absorb(Tx tx, Actor by, OrganizationId organization, String cause, Money amount, Note note) {
        if (!once(() -> losses.absorb(tx, organization, cause, amount))) {
            return false;
        }
        wallet.note(tx, TransferKind.ABSORB, cause, note, by.id());
        write(tx, by, organization, "reconciliation.book", cause, amount, note);
        return true;
    }

    private static void requireNumber(int number) {
        if (number < 1 || number > MOST_REFUNDS) {
            throw Problem.parameter("number", "must be from 1 to " + MOST_REFUNDS + ".")
                    .toException();
        }
    }

    /** The highest number that a refund of the charge has; people may have left some out. */
    private int latest(Tx tx, HoldId charge) {
        return wallet.transfers(tx, charge).stream()
                .filter(moved -> moved.kind() == TransferKind.REFUND)
                .map(Transfer::subject)
                .mapToInt(subject -> Integer.parseInt(subject.substring(subject.lastIndexOf(':') + 1)))
                .max()
                .orElse(0);
    }

    /** Takes back what is left of every grant that has expired; says of how many organizations. Holds never spend it, swept or not. */
    public int expire(Database database) {
        List<OrganizationId> due = database.read(tx -> wallet.dueGrants(tx, SWEEP));
        for (OrganizationId organization : due) {
            database.writer().write(organization.text(), tx -> wallet.lock(tx, organization));
        }
        return due.size();
    }

    /** Sets, changes or removes a cap; false when it is so already. */
    public boolean cap(Tx tx, Actor by, CapSubject subject, CapPeriod period, @Nullable Money limit) {
        if (!caps.set(tx, subject, period, limit)) {
            return false;
        }
        Map<String, String> facts = new HashMap<>(Map.of("period", period.wire()));
        if (limit != null) {
            facts.put("limit_usd", limit.toUsd());
        }
        trail.write(
                tx,
                by.about(subject.organization()),
                limit == null ? "cap.remove" : "cap.set",
                subject.code(),
                Map.copyOf(facts));
        return true;
    }

    private static void countable(String field, Money amount) {
        if (amount.compareTo(MOST) > 0) {
            throw Problem.parameter(field, "can be at most " + MOST.toUsd() + " at once.")
                    .toException();
        }
    }

    /** What is known under the same name with other facts is the caller's mistake here, not a bug. */
    private static boolean once(Movement movement) {
        try {
            return movement.make();
        } catch (IllegalStateException e) {
            if (String.valueOf(e.getMessage()).contains("other facts")) {
                throw new ProblemException(
                        ProblemCode.IDEMPOTENCY_MISMATCH,
                        "Something of that name was booked before with other facts; give it another name.");
            }
            throw e;
        }
    }

    /** A movement of money that is a no-op when it was made before. */
    private interface Movement {
        boolean make();
    }

    private void write(
            Tx tx, Actor by, OrganizationId organization, String action, String subject, Money amount, Note note) {
        trail.write(
                tx,
                by.about(organization),
                action,
                subject,
                Map.of("amount_usd", amount.toUsd(), "reason", note.reason(), "reference", note.reference()));
    }
}
