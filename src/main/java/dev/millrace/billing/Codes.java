package dev.millrace.billing;

import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Codes that give grants: each redeemable once by an organization and so many times in all, until a moment. They are too long to be
 * guessed, and tries are counted.
 */
public final class Codes {
    /** How many tries an organization has in an hour, right ones included. */
    public static final long TRIES_AN_HOUR = 10;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LETTERS = 28;
    private static final String PREFIX = "mc-";

    private final Database database;
    private final Treasury treasury;
    private final IdSource ids;
    private final Trail trail;
    private final CodeStore store = new CodeStore();

    public Codes(Database database, Treasury treasury, IdSource ids, Trail trail) {
        this.database = database;
        this.treasury = treasury;
        this.ids = ids;
        this.trail = trail;
    }

    /** A code with its text, which is shown this once. */
    public record NewCode(Code code, String text) {}

    /**
     * Makes a code.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} when it could not be redeemed or would give nothing
     */
    public NewCode create(Tx tx, Actor by, Money amount, long uses, Instant redeemUntil, Duration lasts) {
        require(amount.isPositive(), "amount_usd", "must be above zero.");
        require(uses > 0 && uses <= 1_000_000, "uses", "must be from 1 to 1,000,000.");
        require(redeemUntil.isAfter(tx.now()), "redeem_until", "must be a time to come.");
        require(lasts.isPositive() && lasts.toDays() <= 3650, "lasts_days", "must be from 1 to 3650.");
        String letters = ids.text(LETTERS);
        Code code = new Code(ids.uuid().toString(), amount, uses, 0, redeemUntil, lasts, false, tx.now());
        store.add(tx, code, Digest.sha256(letters));
        trail.write(
                tx,
                by,
                "code.create",
                code.id(),
                Map.of(
                        "amount_usd",
                        amount.toUsd(),
                        "uses",
                        Long.toString(uses),
                        "redeem_until",
                        redeemUntil.toString()));
        return new NewCode(code, PREFIX + letters.replaceAll("(.{7})(?=.)", "$1-"));
    }

    /** Withdraws a code; what it gave stays given. False when there is no such code that could be redeemed. */
    public boolean end(Tx tx, Actor by, String id) {
        boolean ended = store.end(tx, id);
        if (ended) {
            trail.write(tx, by, "code.end", id, Map.of());
        }
        return ended;
    }

    /** The latest codes, newest first. */
    public List<Code> latest(Tx tx, int limit) {
        return store.latest(tx, limit);
    }

    /**
     * Gives the organization what the code promises. The try is counted first, and stays counted.
     *
     * @return the code, whose {@code lasts} begins now
     * @throws ProblemException {@code RATE_LIMITED}; {@code NOT_FOUND} for one that is unknown, used up, withdrawn or too old, all
     *     told in the same words; {@code INVALID_PARAMETER} when the organization had redeemed it before
     */
    public Code redeem(Actor by, OrganizationId organization, String text) {
        database.writer().write(organization.text(), tx -> counted(tx, organization));
        String letters = text.strip()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^" + PREFIX, "")
                .replaceAll("[- ]", "");
        return database.writer().write(organization.text(), tx -> redeemed(tx, by, organization, letters));
    }

    private Code redeemed(Tx tx, Actor by, OrganizationId organization, String letters) {
        Code code = store.find(tx, Digest.sha256(letters)).orElseThrow(Codes::unknown);
        if (!store.useBy(tx, code, organization)) {
            throw Problem.parameter("code", "was redeemed by this organization before.")
                    .toException();
        }
        if (!store.use(tx, code)) {
            throw unknown();
        }
        String grant = "code:" + code.id() + ":" + organization.text();
        treasury.grant(
                tx, by, organization, grant, code.amount(), tx.now().plus(code.lasts()), new Note("code", code.id()));
        return code;
    }

    private long counted(Tx tx, OrganizationId organization) {
        long hour = tx.now().getEpochSecond() / HOUR.toSeconds();
        long tries = store.tries(tx, organization, hour);
        if (tries > TRIES_AN_HOUR) {
            Duration wait = Duration.between(tx.now(), Instant.ofEpochSecond((hour + 1) * HOUR.toSeconds()));
            throw Problem.of(
                            ProblemCode.RATE_LIMITED,
                            "An organization may try " + TRIES_AN_HOUR + " codes an hour; try again later.")
                    .withRetryAfter(wait.plusSeconds(1))
                    .toException();
        }
        return tries;
    }

    private static ProblemException unknown() {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no such code, or it can not be redeemed any more; check its letters.");
    }

    private static void require(boolean right, String field, String message) {
        if (!right) {
            throw Problem.parameter(field, message).toException();
        }
    }
}
